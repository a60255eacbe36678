import os

with open("main.py") as source:
    text = source.read()
print("pristine" if text.startswith("import os\n") and os.listdir() == ["main.py"] else "altered", flush=True)
with open("main.py", "w") as source:
    source.write("print('altered')\n" + text)
open("input.txt", "w").write("altered")
