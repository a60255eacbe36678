import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the sources named, whatever their files are called, into `.classes`, and writes `.classes/start`: the
 * arguments that make `java` run the first of them that can be run.
 */
public final class CompileProgram {
  private static final Path CLASSES = Path.of(".classes");
  private static final List<String> OPTIONS =
      List.of("-d", CLASSES.toString(), "-encoding", "UTF-8", "-proc:none", "-Xlint:-options");

  public static void main(String[] sources) throws IOException {
    Files.createDirectories(CLASSES);
    List<TypeElement> types = new ArrayList<>();
    if (!compile(sources, types)) System.exit(1);
    Optional<TypeElement> start = findStart(types);
    if (start.isEmpty()) {
      System.err.println("error: no class has a main method");
      System.exit(1);
    }
    Files.writeString(CLASSES.resolve("start"), "-cp " + CLASSES + " " + start.get().getQualifiedName() + "\n");
  }

  private static boolean compile(String[] sources, List<TypeElement> types) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var units = StreamSupport.stream(files.getJavaFileObjects(sources).spliterator(), false).map(Source::new).toList();
      var task = (JavacTask) compiler.getTask(null, files, null, OPTIONS, null, units);
      task.addTaskListener(
          new TaskListener() {
            @Override
            public void finished(TaskEvent event) {
              if (event.getKind() == TaskEvent.Kind.ANALYZE) types.add(event.getTypeElement());
            }
          });
      return task.call();
    }
  }

  /** The plain form wins over the newer ones, an earlier file over a later one: the entry is the first. */
  private static Optional<TypeElement> findStart(List<TypeElement> types) {
    return Stream.concat(
            types.stream().filter(type -> mains(type).anyMatch(CompileProgram::isPlain)),
            types.stream().filter(type -> mains(type).findAny().isPresent()))
        .findFirst();
  }

  private static Stream<ExecutableElement> mains(TypeElement type) {
    return ElementFilter.methodsIn(type.getEnclosedElements()).stream()
        .filter(method -> method.getSimpleName().contentEquals("main"))
        .filter(method -> !method.getModifiers().contains(Modifier.PRIVATE))
        .filter(method -> takesArguments(method) || method.getParameters().isEmpty());
  }

  private static boolean isPlain(ExecutableElement main) {
    return takesArguments(main) && main.getModifiers().containsAll(List.of(Modifier.PUBLIC, Modifier.STATIC));
  }

  private static boolean takesArguments(ExecutableElement main) {
    var parameters = main.getParameters();
    return parameters.size() == 1 && parameters.getFirst().asType().toString().equals("java.lang.String[]");
  }

  /** A source file that may hold a public class of any name. */
  private static final class Source extends ForwardingJavaFileObject<JavaFileObject> {
    Source(JavaFileObject file) {
      super(file);
    }

    @Override
    public Kind getKind() {
      return Kind.SOURCE;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return kind == Kind.SOURCE;
    }
  }
}
