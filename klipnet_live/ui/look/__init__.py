"""How the app looks: themes, fonts, contrast and sizes."""
