import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs JUnit test classes, or methods named {@code CLASS#METHOD}, and prints one line for each test, {@code @STATUS MILLISECONDS NAME}, after what it has to
 * say; STATUS is 0 for passed, 77 for skipped, 1 for failed. Run on the acceptance machine, which has no Maven.
 */
final class JUnitRun implements TestExecutionListener {
  private long started;
  private int run;

  private JUnitRun() {}

  public static void main(String[] classes) {
    List<DiscoverySelector> selectors = new ArrayList<>();
    for (String name : classes) {
      selectors.add(name.indexOf('#') < 0 ? selectClass(name) : selectMethod(name));
    }
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    JUnitRun listener = new JUnitRun();
    LauncherFactory.create().execute(request, listener);
    System.exit(listener.run == 0 ? 1 : 0);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started = System.nanoTime();
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    report(test, 77, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Throwable thrown = result.getThrowable().orElse(null);
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          report(test, 0, "");
        }
      }
      case ABORTED -> report(test, 77, thrown == null ? "no reason given" : String.valueOf(thrown.getMessage()));
      case FAILED -> {
        if (thrown != null) {
          thrown.printStackTrace(System.out);
        }
        report(test, 1, "");
      }
    }
  }

  private void report(TestIdentifier test, int status, String reason) {
    if (status == 77) {
      System.out.println("SKIP: " + reason.replace('\n', ' ').replace("Assumption failed: ", ""));
    }
    run++;
    System.out.println(
        "@" + status + " " + (System.nanoTime() - started) / 1_000_000 + " " + test.getDisplayName().replace("()", ""));
  }
}
