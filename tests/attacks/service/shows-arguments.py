import json, sys

print(json.dumps(sys.argv[1:], separators=(",", ":"), ensure_ascii=False), end="")
