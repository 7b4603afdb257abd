"""What can go wrong.

    LivemaskError           shown to the user in one line, without a traceback
    ├── UsageError          a wrong option, an unknown name, an output in the way
    ├── SourceError         a camera, film or photo that cannot be read
    ├── ModelError          a model or landmark file that is missing or broken
    ├── AssetError          a file to be worn, a character, that is missing or broken
    ├── GraphicsError       no OpenGL 3.3 context, a shader that does not compile
    ├── SinkError           an output that cannot be opened or written
    └── PluginError         a plug-in of an installed package that is broken

A message says what happened, with the value, and what to do. No face in a
picture is `None`, not an exception: exceptions are for what a user can mend or
a programmer must fix.
"""


class LivemaskError(Exception):
    """Base of all errors that a user can mend; the command line exits with 2."""


class UsageError(LivemaskError):
    """The request itself cannot be followed: an unknown name, a bad value."""


class SourceError(LivemaskError):
    """Frames cannot be had from a camera, a film or a photo."""


class ModelError(LivemaskError):
    """A head model or a landmark model is missing or does not hold what it must."""


class AssetError(LivemaskError):
    """A file that a mask wears, such as a character, is missing or does not hold what it must."""


class GraphicsError(LivemaskError):
    """OpenGL 3.3 is not to be had, or refuses a shader."""


class SinkError(LivemaskError):
    """An output cannot be opened or written."""


class PluginError(LivemaskError):
    """A plug-in that an installed package brings along cannot be loaded, or makes no such thing."""
