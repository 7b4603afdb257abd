"""What livemask tells of a person in photos: `python reconstruct.py FOLDER PHOTO...`.

Several photos of one person give one head; each has its own pose, expression, light and camera.
FOLDER is for the files, which are called as the photos are.
"""

import sys
from pathlib import Path

import numpy as np

import livemask


def main(folder: Path, photos: list[Path]) -> None:
    """Reconstruct a person, tell of each photo what was found, and write a few files."""
    for photo, made in zip(photos, livemask.reconstruct_person(photos), strict=True):
        if made is None:
            print(f"{photo.name}: no face")
            continue
        print(f"{photo.name}: {told(made)}")
        made.save(folder, photo.stem, ["glb", "overlay", "sheet"], livemask.Form(texture_size=512))
        np.save(folder / f"{photo.stem}_vertices.npy", made.vertices)


def told(made: livemask.Reconstruction) -> str:
    """Return in words how far away and how turned a head is, and what the face does."""
    place = made.fit.camera_from_head[:3, 3]  # (3,) mm, the camera looks along -z
    ahead = made.fit.camera_from_head[:3, 2]  # (3,) where the nose points to
    yaw = np.degrees(np.arctan2(ahead[0], ahead[2]))
    strongest = np.argsort(made.fit.expression)[::-1][:3]
    doing = [f"{made.model.expression_names[i]} {made.fit.expression[i]:.2f}" for i in strongest]
    span = np.ptp(made.depth[made.mask > 0])  # of (h, w) mm
    return (
        f"{np.linalg.norm(place) / 10:.0f} cm away, nose {yaw:+.0f} degrees to the image's right, "
        f"{', '.join(doing)}; {len(made.vertices)} vertices, {span:.0f} mm deep, "
        f"{made.visible.mean():.0%} of them seen"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
