package io.connectorkit.shell.internal;

import io.connectorkit.host.KitException;
import io.connectorkit.host.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs one line in a Gogo session of its own. */
@Component
public final class GogoShell implements Shell {

  private final CommandProcessor processor;

  @Activate
  public GogoShell(@Reference CommandProcessor processor) {
    this.processor = processor;
  }

  @Override
  public String run(String line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (CommandSession session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
      Object result = session.execute(line);
      if (result != null) {
        out.println(session.format(result, Converter.INSPECT));
      }
      return bytes.toString(StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new KitException("KIT-6005", "'" + line + "': " + e.getMessage(), e);
    }
  }
}
