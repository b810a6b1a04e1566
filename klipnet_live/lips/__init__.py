"""Everything about mouths that the app and the training share: where they are, how they are cut."""
