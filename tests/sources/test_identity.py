from dataclasses import replace

from livemask.sources.camera_info import CameraInfo
from livemask.sources.identity import identify

BRIO = CameraInfo(2, "Brio", "/dev/video2", place="1-4:1.0", serial="77")
LID = CameraInfo(0, "Integrated Camera", "/dev/video0", place="1-8:1.0")
LID_DATA = CameraInfo(1, "Integrated Camera", "/dev/video1", place="1-8:1.0#1")
INFRARED = CameraInfo(3, "Integrated Camera", "/dev/video3", place="1-8:1.2")
TWIN = CameraInfo(5, "Integrated Camera", "/dev/video5", place="1-9:1.0")


def moved(camera, place, index=7):
    return replace(camera, index=index, path=f"/dev/video{index}", place=place)


def test_a_camera_is_identified_by_its_number_or_its_file_or_a_link_to_it(tmp_path):
    file, link = tmp_path / "video2", tmp_path / "by-id"
    file.touch()
    link.symlink_to(file)
    brio = replace(BRIO, path=str(file))
    for device in (2, str(file), str(link)):
        assert identify(device, (LID, brio)).camera == brio


def test_a_camera_that_is_not_there_is_nobody():
    assert identify(9, (LID, BRIO)) is None
    assert identify("/dev/video9", (LID, BRIO)) is None
    assert identify("/dev/video9", (CameraInfo(9, "FaceTime"),)) is None


def test_a_camera_in_its_socket_is_found_under_another_number():
    again = moved(BRIO, BRIO.place)
    assert identify(2, (LID, BRIO)).found_in((LID, again)) == again


def test_a_camera_is_found_in_another_socket():
    again = moved(BRIO, "2-1:1.0")
    assert identify(2, (LID, BRIO)).found_in((LID, again)) == again


def test_a_camera_of_another_name_is_not_taken():
    assert identify(2, (BRIO,)).found_in((replace(BRIO, name="Kiyo"),)) is None


def test_a_camera_of_the_same_name_and_another_serial_number_is_not_taken():
    assert identify(2, (BRIO,)).found_in((replace(BRIO, serial="78"),)) is None


def test_the_other_sensor_of_the_same_device_is_not_taken():
    whole = (LID, LID_DATA, INFRARED)
    identity = identify(0, whole)
    assert identity.alone
    assert identity.found_in((LID_DATA, INFRARED)) is None
    assert identity.found_in(whole) == LID


def test_of_two_that_look_the_same_only_the_one_in_its_socket_is_found():
    identity = identify(0, (LID, TWIN))
    assert identity.found_in((TWIN,)) is None
    assert identity.found_in((moved(LID, "3-1:1.0"),)) is None
    assert identity.found_in((TWIN, moved(LID, LID.place))) == moved(LID, LID.place)


def test_one_that_looks_the_same_and_came_later_is_not_taken():
    identity = identify(0, (LID,)).seen_among((TWIN,))
    assert identity.found_in((TWIN,)) is None
    assert identity.found_in((TWIN, LID)) == LID


def test_two_that_come_at_once_and_look_the_same_are_not_guessed_at():
    identity = identify(0, (LID,)).seen_among(())
    assert identity.found_in((moved(LID, "3-1:1.0"), moved(LID, "3-2:1.0", 8))) is None


def test_where_no_sockets_are_told_a_camera_is_known_by_its_name_if_only_one_has_it():
    one, other = CameraInfo(0, "FaceTime"), CameraInfo(1, "FaceTime")
    assert identify(0, (one,)).found_in((replace(one, index=4),)) == replace(one, index=4)
    assert identify(0, (one, other)).found_in((one,)) is None
    assert identify(0, (one,)).seen_among((one, other)).found_in((one,)) is None
    assert identify(0, (one,)).seen_among((one,)).found_in((one,)) == one
