from itertools import combinations

from kith.insight.charts.labels import Box, place_labels

ROOM = Box(0, 0, 300, 200)


def test_a_label_stands_to_the_right_of_its_point():
    (label,) = place_labels([(50, 50, "Northbrook", True)], [], [], ROOM, 13)
    assert label and label.x > 50 and not label.far


def test_a_label_stands_to_the_left_where_the_right_is_the_edge():
    (label,) = place_labels([(290, 50, "Northbrook", True)], [], [], ROOM, 13)
    assert label and label.box.right < 290


def test_labels_keep_off_each_other_and_off_points():
    points = [(100.0, 50.0 + each, f"Place {each}", False) for each in range(6)]
    taken = [Box(92, 42 + each, 108, 58 + each) for each in range(6)]
    labels = [each for each in place_labels(points, taken, [], ROOM, 13) if each]
    assert len(labels) == 6
    assert not any(one.box.meets(other.box) for one, other in combinations(labels, 2))
    assert not any(label.box.meets(box) for label in labels for box in taken)


def test_a_label_keeps_off_lines_where_it_can():
    line = Box(0, 48, 300, 52)
    (label,) = place_labels([(50, 50, "Northbrook", True)], [], [line], ROOM, 13)
    assert label and not label.box.meets(line)
    (label,) = place_labels([(50, 50, "Northbrook", True)], [], [ROOM], ROOM, 13)
    assert label  # there is nowhere off the lines


def test_a_label_without_room_is_left_out():
    assert place_labels([(50, 50, "Northbrook", True)], [ROOM], [], ROOM, 13) == [None]
