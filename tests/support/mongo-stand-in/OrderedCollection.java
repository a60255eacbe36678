import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A collection whose indexes answer what they answer in a real server: prefixes, ranges and alternatives. The library
 * reads every document for these, so that whatever is measured over it would slow down as the log grows.
 *
 * An index only says which documents may match, never that one does: each is still put to the query by the library.
 */
final class OrderedCollection extends MemoryCollection {
  private final Map<String, KeyOrder> orders = new HashMap<>();

  OrderedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
  }

  @Override
  public void addIndex(Index<Integer> index) {
    super.addIndex(index);
    orders.computeIfAbsent(index.getName(), name -> {
      KeyOrder order = new KeyOrder(index.getKeys().stream().map(IndexKey::getKey).toList());
      streamAllDocumentsWithPosition().forEach(it -> order.put(it.getPosition(), it.getDocument()));
      return order;
    });
  }

  @Override
  public void dropIndex(String name) {
    super.dropIndex(name);
    orders.remove(name);
  }

  @Override
  protected Integer addDocumentInternal(Document document) {
    Integer position = super.addDocumentInternal(document);
    orders.values().forEach(order -> order.put(position, document));
    return position;
  }

  @Override
  protected void removeDocument(Integer position) {
    orders.values().forEach(order -> order.remove(position));
    super.removeDocument(position);
  }

  @Override
  protected void handleUpdate(Integer position, Document before, Document after) {
    super.handleUpdate(position, before, after);
    orders.values().forEach(order -> order.put(position, getDocument(position)));
  }

  @Override
  protected QueryResult queryDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document projection) {
    Optional<SortedSet<Integer>> candidates = isNaturalDescending(orderBy) ? Optional.empty() : candidates(query);
    return candidates.isPresent()
        ? matchDocuments(query, candidates.get(), orderBy, skip, limit, batchSize, projection)
        : super.queryDocuments(query, orderBy, skip, limit, batchSize, projection);
  }

  // Ascending positions: without a sort, documents come as a scan would bring them.
  private Optional<SortedSet<Integer>> candidates(Document query) {
    SortedSet<Integer> found = new TreeSet<>();
    for (Document alternative : alternatives(query)) {
      Optional<KeyOrder> best = orders.values().stream()
          .filter(order -> order.bound(alternative) > 0)
          .max((one, other) -> Integer.compare(one.bound(alternative), other.bound(alternative)));
      if (best.isEmpty()) return Optional.empty();
      best.get().collect(alternative, found);
    }
    return Optional.of(found);
  }

  private static List<Document> alternatives(Document query) {
    if (!(query.get("$or") instanceof List<?> branches)) return List.of(query);
    List<Document> alternatives = new ArrayList<>();
    for (Object branch : branches) {
      Document alternative = new Document();
      query.forEach((field, condition) -> {
        if (!field.equals("$or")) alternative.put(field, condition);
      });
      ((Document) branch).forEach(alternative::putIfAbsent);
      alternatives.add(alternative);
    }
    return alternatives;
  }
}
