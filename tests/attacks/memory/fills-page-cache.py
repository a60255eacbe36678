# Reads far more than its memory from the image; what is cached can be dropped, so it must come through.
import os

total = 0
for folder, _, names in os.walk("/usr"):
    for name in names:
        try:
            with open(os.path.join(folder, name), "rb") as file:
                while piece := file.read(1 << 16):
                    total += len(piece)
        except OSError:
            pass
        if total > 96 << 20:
            break
print("came through")
