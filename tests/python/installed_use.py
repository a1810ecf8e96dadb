"""Uses an installed package as somebody who has just installed it would: installed_use.py VIDEO. Prints where it is."""

import sys

import matside

result = matside.analyze(sys.argv[1], exercise="single-leg-kick", to_s=10, poses=True)
assert result.counts.kicks > 0, result
kicks = result.kicks_frame()
assert len(kicks) == result.counts.kicks

with matside.Session(size=(result.source.width, result.source.height)) as session:
    events = session.push(result.poses.landmarks, result.poses.times_s, result.poses.knees)
    events += session.finish()
    assert session.counts == result.counts, (session.counts, result.counts)
    assert session.result().repetitions == result.repetitions

try:
    matside.analyze("missing.mp4")
except matside.InputError as error:
    assert "no such file" in str(error)
else:
    raise AssertionError("a missing file was analysed")
print(matside.__version__, matside.__file__)
