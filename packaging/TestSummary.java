import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up Surefire's reports: {@code java TestSummary.java TREE EXTRA_FAILURES}. Prints what failed, why what was
 * skipped was skipped, and as its last line {@code N passed, N failed, N skipped}. EXTRA_FAILURES are failures found
 * outside of the reports, which are added. The exit status is 1 if anything failed or nothing passed.
 */
final class TestSummary {
  private int passed;
  private final List<String> failed = new ArrayList<>();
  private final Map<String, Integer> skipped = new TreeMap<>();

  private TestSummary() {}

  public static void main(String[] arguments) throws Exception {
    TestSummary summary = new TestSummary();
    for (Path report : reports(Path.of(arguments[0]))) {
      summary.add(report);
    }
    System.exit(summary.print(Integer.parseInt(arguments[1])));
  }

  private static List<Path> reports(Path tree) throws IOException {
    List<Path> reports = new ArrayList<>();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            return name.equals(".git") || name.equals("image") || name.equals("classes")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.startsWith("TEST-") && name.endsWith(".xml")) {
              reports.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    reports.sort(null);
    return reports;
  }

  private void add(Path report) throws Exception {
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      String className = test.getAttribute("classname");
      String name = className.substring(className.lastIndexOf('.') + 1) + "." + test.getAttribute("name");
      Element problem = first(test, "failure", "error");
      Element skip = first(test, "skipped");
      if (problem != null) {
        failed.add(name + ": " + firstLine(problem));
      } else if (skip != null) {
        skipped.merge(firstLine(skip), 1, Integer::sum);
      } else {
        passed++;
      }
    }
  }

  private static Element first(Element parent, String... names) {
    for (String name : names) {
      NodeList found = parent.getElementsByTagName(name);
      if (found.getLength() > 0) {
        return (Element) found.item(0);
      }
    }
    return null;
  }

  /** What JUnit says, without the exception's name, on one line. */
  private static String firstLine(Element element) {
    String text = element.getAttribute("message");
    if (text.isBlank()) {
      text = element.getTextContent();
    }
    text = text.strip();
    // Behind the exception's name, where Surefire has put no message of its own, and before its stack.
    String assumption = "Assumption failed: ";
    int reason = text.lines().findFirst().orElse("").indexOf(assumption);
    if (reason >= 0) {
      return text.substring(reason + assumption.length()).lines().findFirst().orElse("");
    }
    return text.isEmpty() ? "no reason given" : text.lines().limit(3).reduce((a, b) -> a + " | " + b.strip()).get();
  }

  private int print(int extraFailures) {
    if (!failed.isEmpty()) {
      System.out.println("Failed:");
      failed.forEach(line -> System.out.println("  " + line));
    }
    int skippedCount = 0;
    if (!skipped.isEmpty()) {
      System.out.println("Skipped, and why:");
      for (Map.Entry<String, Integer> skip : skipped.entrySet()) {
        System.out.println("  " + skip.getValue() + " x " + skip.getKey());
        skippedCount += skip.getValue();
      }
    }
    int failures = failed.size() + extraFailures;
    System.out.println(passed + " passed, " + failures + " failed, " + skippedCount + " skipped");
    return failures > 0 || passed == 0 ? 1 : 0;
  }
}
