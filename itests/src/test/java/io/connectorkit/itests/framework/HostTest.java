package io.connectorkit.itests.framework;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.DeployFolder;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.Instances;
import io.connectorkit.host.RunListener;
import io.connectorkit.host.RunOrder;
import io.connectorkit.host.RunRecord;
import io.connectorkit.host.Runs;
import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** A test inside the host's framework, with what an operator can see and do there. One framework per class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class HostTest {

  @Inject
  protected BundleContext context;

  @Inject
  protected Instances instances;

  @Inject
  protected Runs runs;

  @Inject
  protected Catalog catalog;

  @Inject
  protected DeployFolder deployFolder;

  @Configuration
  public Option[] configuration() {
    return new Option[] {KitOptions.host(getClass())};
  }

  /** One of the host's folders: etc, deploy, data, extracts. */
  protected Path folder(String name) {
    return Path.of(context.getProperty("kit." + name));
  }

  protected Path deployed(String file) {
    return folder("deploy").resolve(file);
  }

  /** Writes the configuration of an instance whose script stands beside it; the script comes first. */
  protected Path configure(String instance, String connector, String script) {
    Path file = script(instance, script);
    return Folders.write(folder("etc").resolve("connectors").resolve(instance + ".yaml"),
        "connector: " + connector + "\nconfig:\n  script: " + file + "\n  password: swordfish\n");
  }

  /** What an instance shall do from its next run on. */
  protected Path script(String instance, String text) {
    return Folders.write(folder("data").resolve(instance + ".script"), text);
  }

  protected Optional<InstanceStatus> find(String instance) {
    return instances.list().stream().filter(status -> status.instance().equals(instance)).findFirst();
  }

  protected InstanceStatus awaitState(String instance, State state) {
    return Await.value(instance + " is " + state, () -> find(instance).filter(status -> status.state() == state));
  }

  protected DeployedFile awaitFile(String file, DeployedFile.State state) {
    return Await.value(() -> file + " is " + state + " among " + deployFolder.files(),
        () -> deployFolder.files().stream().filter(each -> each.file().equals(file) && each.state() == state).findFirst());
  }

  /** The newest run of an instance, once there are that many: its tables can be queried then. */
  protected RunRecord awaitRun(String instance, int count) {
    return Await.value(() -> "run " + count + " of " + instance + "; it says " + instances.explain(instance),
        () -> Optional.of(history(instance)).filter(all -> all.size() >= count).map(all -> all.get(0)));
  }

  protected List<RunRecord> history(String instance) {
    return runs.history().stream().filter(run -> run.instance().equals(instance)).toList();
  }

  /** Runs an instance to the end. */
  protected RunRecord run(String instance, String... tables) throws Exception {
    return runs.start(new RunOrder(instance, List.of(tables), "manual"), RunListener.NONE).get(60, TimeUnit.SECONDS);
  }

  /** The rows of a query over everything extracted, each as a list of values. */
  protected List<List<Object>> query(String sql) {
    List<List<Object>> result = new ArrayList<>();
    catalog.query(sql, new Catalog.Rows() {
      @Override
      public void columns(List<String> names, List<String> types) {}

      @Override
      public void row(List<Object> values) {
        result.add(new ArrayList<>(values));
      }
    });
    return result;
  }

  protected long count(String table) {
    return ((Number) query("SELECT count(*) FROM " + table).get(0).get(0)).longValue();
  }
}
