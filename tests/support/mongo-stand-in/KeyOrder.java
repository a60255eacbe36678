import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The positions of a collection's documents in the order of some of their fields. */
final class KeyOrder {
  private static final Comparator<Object> VALUES = ValueComparator.asc();

  private final List<String> fields;
  private final NavigableMap<List<Object>, Set<Integer>> positions = new TreeMap<>(KeyOrder::compareKeys);
  private final Map<Integer, List<Object>> keys = new HashMap<>();
  // Lists and absent values match in ways of their own: these documents are candidates of every query.
  private final Set<Integer> unordered = new TreeSet<>();

  KeyOrder(List<String> fields) {
    this.fields = fields;
  }

  void put(Integer position, Document document) {
    remove(position);
    List<Object> key = new ArrayList<>();
    for (String field : fields) {
      Object value = Utils.getSubdocumentValueCollectionAware(document, field);
      if (!isOrdered(value)) {
        unordered.add(position);
        return;
      }
      key.add(value);
    }
    keys.put(position, key);
    positions.computeIfAbsent(key, absent -> new TreeSet<>()).add(position);
  }

  void remove(Integer position) {
    unordered.remove(position);
    List<Object> key = keys.remove(position);
    if (key == null) return;
    Set<Integer> same = positions.get(key);
    same.remove(position);
    if (same.isEmpty()) positions.remove(key);
  }

  /** How many of the leading fields the query bounds: none, and this order is of no use to it. */
  int bound(Document query) {
    int bound = 0;
    while (bound < fields.size()) {
      Object condition = query.get(fields.get(bound));
      if (!equal(condition).isEmpty()) bound++;
      else return hasRange(condition) ? bound + 1 : bound;
    }
    return bound;
  }

  void collect(Document query, Set<Integer> found) {
    found.addAll(unordered);
    collect(query, List.of(), found);
  }

  private void collect(Document query, List<Object> prefix, Set<Integer> found) {
    Object condition = prefix.size() < fields.size() ? query.get(fields.get(prefix.size())) : null;
    List<?> values = equal(condition);
    for (Object value : values) collect(query, with(prefix, value), found);
    if (values.isEmpty()) walk(prefix, hasRange(condition) ? (Document) condition : new Document(), found);
  }

  private void walk(List<Object> prefix, Document range, Set<Integer> found) {
    Object least = range.getOrDefault("$gte", range.get("$gt"));
    Object most = range.getOrDefault("$lte", range.get("$lt"));
    List<Object> from = least == null ? prefix : with(prefix, least);
    for (var entry : positions.tailMap(from, true).entrySet()) {
      List<Object> key = entry.getKey();
      if (compareKeys(key.subList(0, prefix.size()), prefix) != 0) return;
      if (most != null && VALUES.compare(key.get(prefix.size()), most) > 0) return;
      found.addAll(entry.getValue());
    }
  }

  private static List<?> equal(Object condition) {
    if (!(condition instanceof Document operators)) return isOrdered(condition) ? List.of(condition) : List.of();
    if (isOrdered(operators.get("$eq"))) return List.of(operators.get("$eq"));
    boolean isChoice = operators.get("$in") instanceof Collection<?> in && in.stream().allMatch(KeyOrder::isOrdered);
    return isChoice ? List.copyOf((Collection<?>) operators.get("$in")) : List.of();
  }

  private static boolean hasRange(Object condition) {
    return condition instanceof Document operators
        && List.of("$gt", "$gte", "$lt", "$lte").stream().anyMatch(name -> isOrdered(operators.get(name)));
  }

  private static boolean isOrdered(Object value) {
    return !(value == null || value instanceof Missing || value instanceof Collection || value instanceof Document
        || value instanceof BsonRegularExpression);
  }

  private static List<Object> with(List<Object> prefix, Object value) {
    List<Object> longer = new ArrayList<>(prefix);
    longer.add(value);
    return longer;
  }

  private static int compareKeys(List<Object> one, List<Object> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = VALUES.compare(one.get(i), other.get(i));
      if (order != 0) return order;
    }
    return Integer.compare(one.size(), other.size());
  }
}
