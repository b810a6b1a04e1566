"""Global hotkeys, which work while another program has the focus."""
