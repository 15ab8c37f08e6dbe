"""The front door: the command line, settings, and the wiring of store, loaders and server."""

__version__ = "0.1.0"
