"""The JSON of a glTF file as pygltflib's objects."""

from typing import Any

from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.gltf.limits import JSON_PARTS, JSON_VALUES
from livemask.gltf.values import listed

_LISTS = (
    *("accessors", "bufferViews", "buffers", "images", "materials"),
    *("meshes", "nodes", "samplers", "scenes", "skins", "textures"),
)
_PACKED = {
    "KHR_draco_mesh_compression": "its meshes are packed with Draco; in Blender's glTF export, "
    "switch Compression off",
    "EXT_meshopt_compression": "its meshes are packed with meshopt; export it without compression",
    "KHR_meshopt_compression": "its meshes are packed with meshopt; export it without compression",
    "KHR_texture_basisu": "its textures are KTX2; export it with PNG or JPEG textures",
    "EXT_texture_webp": "its textures are WebP; export it with PNG or JPEG textures",
}
_HARMLESS = (
    *("KHR_materials_", "VRM", "KHR_lights_punctual", "KHR_xmp"),
    *("KHR_texture_transform", "KHR_mesh_quantization", "KHR_node_visibility"),
)


def parse(json: bytes) -> GLTF2:
    """Return what the JSON of a glTF 2.0 file says, its lists checked to be lists of objects.

    Raises
    ------
    AssetError
        If it is no JSON, says too much, or needs what livemask cannot do.
    """
    # Before Python makes objects of them, which take fifty times as much memory.
    if json.count(b"{") + json.count(b"[") > JSON_PARTS or json.count(b",") > JSON_VALUES:
        raise AssetError(f"its JSON has more than {JSON_PARTS} objects or {JSON_VALUES} values.")
    try:
        document = GLTF2.from_json(json.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise AssetError(f"its JSON is not that of a glTF file: {reason}.") from error
    for name in _LISTS:
        _check(name, getattr(document, name))
    _check_needs(document)
    return document


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON")


def _check(name: str, items: Any) -> None:
    for item in listed(items, name):
        if isinstance(item, int | float | str | list | dict | None):
            raise AssetError(f"{name} holds {str(item)[:40]!r}, which is no object.")


def _check_needs(document: GLTF2) -> None:
    version = str(getattr(document.asset, "version", ""))
    if not version.startswith("2."):
        raise AssetError(f"it is glTF {version[:10]!r}; livemask reads 2.0: export it anew.")
    for name in listed(document.extensionsRequired, "extensionsRequired"):
        if name in _PACKED:
            raise AssetError(f"{_PACKED[name]}.")
        if not str(name).startswith(_HARMLESS):
            raise AssetError(f"it needs {str(name)[:60]!r}, which livemask does not know.")
