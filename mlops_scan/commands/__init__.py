"""The commands: one module each, which holds the click command as ``command``. The folder is the registry."""
