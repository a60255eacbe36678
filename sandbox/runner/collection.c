#include "collection.h"

#include <string.h>

#include "bytes.h"
#include "shortlist.h"

#define FIXED_BYTES 20

bool collection_parse(uint8_t *payload, size_t length, struct collection *collection) {
  if (length <= FIXED_BYTES || payload[length - 1] != 0) return false;
  collection->files = (uint32_t)get_uint(payload, 4);
  collection->file_bytes = get_uint(payload + 4, 8);
  collection->total_bytes = get_uint(payload + 12, 8);
  collection->count = 0;
  for (char *at = (char *)payload + FIXED_BYTES, *end = (char *)payload + length; at < end;) {
    char *next = at + strlen(at) + 1;
    if (collection->count == PATTERNS_MOST || !pattern_parse(at, &collection->patterns[collection->count++])) return false;
    at = next;
  }
  return collection->files > 0 && collection->files <= SHORTLIST_MOST && collection->file_bytes > 0 &&
         collection->total_bytes > 0;
}
