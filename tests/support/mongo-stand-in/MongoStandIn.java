import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoSilentServerException;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A standalone MongoDB as far as the adapters' tests need one, over mongo-java-server in memory. Every write goes to a
 * journal before it is answered, so that the process can be killed and started again with its data. What the library
 * would silently ignore is refused, and indexes are used.
 *
 * Usage: MongoStandIn <port, 0: any> <journal file>. Prints READY and its URL; ends with its standard input.
 */
public final class MongoStandIn extends MemoryBackend {
  private static final Set<String> WRITES = Set.of(
      "insert", "update", "delete", "findandmodify", "createindexes", "create", "drop", "dropdatabase", "renamecollection");
  private static final List<String> OF_TRANSACTIONS = List.of("startTransaction", "autocommit", "txnNumber");
  private static final List<String> INDEX_OPTIONS = List.of("partialFilterExpression", "collation", "hidden");

  private final FileOutputStream journal;

  private MongoStandIn(Path file) throws IOException {
    // The library speaks as an older server than the driver accepts.
    version(new MongoVersion() {
      @Override public List<Integer> getVersionArray() { return List.of(7, 0, 0); }
      @Override public int getWireVersion() { return 21; }
    });
    long whole = Files.exists(file) ? replay(Unpooled.wrappedBuffer(Files.readAllBytes(file))) : 0;
    journal = new FileOutputStream(file.toFile(), true);
    journal.getChannel().truncate(whole);
  }

  @Override
  public MemoryDatabase openOrCreateDatabase(String name) {
    return new MemoryDatabase(name, getCursorRegistry()) {
      @Override
      protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
        return new OrderedCollection(this, name, options, cursorRegistry);
      }
    };
  }

  // The length of the whole entries: a process killed while it wrote leaves a torn one, whose write was not answered.
  private long replay(ByteBuf entries) {
    Channel nobody = new EmbeddedChannel();
    while (entries.readableBytes() >= 4 && entries.getIntLE(entries.readerIndex()) <= entries.readableBytes()) {
      Document entry = BsonDecoder.decodeBson(entries);
      perform(nobody, (String) entry.get("database"), (String) entry.get("command"), (Document) entry.get("query"));
    }
    return entries.readerIndex();
  }

  // One command at a time, answered with a copy: the library's own updates and replies are not atomic.
  @Override
  public synchronized Document handleCommand(Channel channel, String database, String command, Document query) {
    Document written = WRITES.contains(lower(command)) ? query.cloneDeeply() : null;
    Document reply = perform(channel, database, command, query).cloneDeeply();
    if (written != null) record(database, command, written);
    return reply;
  }

  private void record(String database, String command, Document query) {
    ByteBuf entry = Unpooled.buffer();
    BsonEncoder.encodeDocument(
        new Document("database", database).append("command", command).append("query", query), entry);
    try {
      journal.write(entry.array(), entry.arrayOffset(), entry.readableBytes());
    } catch (IOException failure) {
      throw new MongoServerError(14031, "OutOfDiskSpace", String.valueOf(failure.getMessage()));
    }
  }

  private Document perform(Channel channel, String database, String command, Document query) {
    refuseWhatIsNotThere(query);
    switch (lower(command)) {
      case "hello", "ismaster":
        return super.handleCommand(channel, database, "ismaster", new Document("ismaster", 1))
            .append("helloOk", true).append("isWritablePrimary", true)
            .append("logicalSessionTimeoutMinutes", 30).append("connectionId", 1);
      case "endsessions":
        return new Document("ok", 1.0);
      case "update":
        refuse(isOrderedBatch(query), "several updates at once, in order");
        for (Document update : documents(query, "updates")) refuse(update.get("u") instanceof List, "pipeline updates");
        break;
      case "findandmodify":
        refuse(query.get("update") instanceof List, "pipeline updates");
        break;
      case "createindexes":
        for (Document index : documents(query, "indexes"))
          for (String option : INDEX_OPTIONS) refuse(index.containsKey(option), "the index option " + option);
        break;
      case "drop":
        return drop(channel, database, query);
      default:
        break;
    }
    return super.handleCommand(channel, database, command, query);
  }

  private Document drop(Channel channel, String database, Document query) {
    try {
      return super.handleCommand(channel, database, "drop", query);
    } catch (MongoSilentServerException absent) {
      throw new MongoServerError(26, "NamespaceNotFound", "ns not found");
    }
  }

  private static void refuseWhatIsNotThere(Document query) {
    for (String member : OF_TRANSACTIONS)
      if (query.containsKey(member))
        throw new MongoServerError(20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos");
    refuse(query.containsKey("hint"), "hint");
    refuse(query.containsKey("collation"), "collation");
  }

  private static boolean isOrderedBatch(Document query) {
    return documents(query, "updates").size() > 1 && !Boolean.FALSE.equals(query.get("ordered"));
  }

  private static void refuse(boolean isAsked, String what) {
    if (isAsked) throw new MongoServerError(238, "NotImplemented", "the stand-in has no " + what);
  }

  @SuppressWarnings("unchecked")
  private static Collection<Document> documents(Document query, String member) {
    Object value = query.get(member);
    return value == null ? List.of() : (Collection<Document>) value;
  }

  private static String lower(String command) {
    return command.toLowerCase(Locale.ROOT);
  }

  public static void main(String[] arguments) throws IOException {
    MongoServer server = new MongoServer(new MongoStandIn(Path.of(arguments[1])));
    server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
    System.out.println("READY mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
    while (System.in.read() != -1) { }
    server.shutdownNow();
    System.exit(0);
  }
}
