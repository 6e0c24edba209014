package io.connectorkit.launcher;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The OSGi log, written to SLF4J. Without it File Install and the component runtime, who report what an operator must know, would print
 * to standard output and error. Proxies, because two dozen methods of the interfaces all say: this message, at that level.
 */
final class OsgiLog implements ServiceFactory<Object> {

  static void register(BundleContext context) {
    context.registerService(new String[] {LogService.class.getName(), LoggerFactory.class.getName()}, new OsgiLog(), null);
  }

  private static final int MAX_DEPTH = 20;

  @Override
  public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
    return Proxy.newProxyInstance(OsgiLog.class.getClassLoader(), new Class<?>[] {LogService.class},
        (proxy, method, arguments) -> serve(bundle, proxy, method, arguments));
  }

  @Override
  public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {
    // Nothing is kept for a bundle.
  }

  private static Object serve(Bundle bundle, Object proxy, Method method, Object[] arguments) {
    String name = String.valueOf(bundle.getSymbolicName());
    return switch (method.getName()) {
      case "getLogger" -> logger(nameOf(name, arguments), Arrays.asList(arguments).contains(FormatterLogger.class), connector(bundle, arguments));
      case "log" -> {
        write(org.slf4j.LoggerFactory.getLogger(name), levelOf(arguments), arguments, connector(bundle, arguments));
        yield null;
      }
      default -> ofObject(proxy, method, arguments);
    };
  }

  /** Whether a message is about a connector, whose exceptions may have secrets in their messages. */
  private static boolean connector(Bundle bundle, Object[] arguments) {
    Bundle about = Arrays.stream(arguments).filter(Bundle.class::isInstance).map(Bundle.class::cast).findFirst().orElse(bundle);
    return String.valueOf(about.getHeaders("").get("Provide-Capability")).contains("connectorkit.connector");
  }

  private static Logger logger(String name, boolean formatter, boolean connector) {
    org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(name);
    Class<?> type = formatter ? FormatterLogger.class : Logger.class;
    return (Logger) Proxy.newProxyInstance(OsgiLog.class.getClassLoader(), new Class<?>[] {type},
        (proxy, method, arguments) -> {
          String call = method.getName();
          if (call.equals("getName")) {
            return name;
          }
          if (call.startsWith("is") && call.endsWith("Enabled")) {
            return log.isEnabledForLevel(level(call.substring(2, call.length() - "Enabled".length())));
          }
          if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
          }
          if (arguments[0] instanceof LoggerConsumer<?> consumer) {
            accept(consumer, proxy, log.isEnabledForLevel(level(call)));
          } else {
            write(log, level(call), formatter ? formatted(arguments) : arguments, connector);
          }
          return null;
        });
  }

  @SuppressWarnings("unchecked")
  private static void accept(LoggerConsumer<?> consumer, Object logger, boolean enabled) throws Throwable {
    if (enabled) {
      ((LoggerConsumer<Exception>) consumer).accept((Logger) logger);
    }
  }

  /** A formatter's texts are for {@link String#format}, the others have the braces of SLF4J. */
  private static Object[] formatted(Object[] arguments) {
    Object[] values = Arrays.stream(arguments, 1, arguments.length)
        .flatMap(each -> each instanceof Object[] many ? Arrays.stream(many) : Stream.of(each)).toArray();
    Object[] failures = Arrays.stream(values).filter(Throwable.class::isInstance).toArray();
    String text = values.length == 0 ? (String) arguments[0] : String.format(Locale.ROOT, (String) arguments[0], values);
    return new Object[] {text, failures};
  }

  /** The text, and behind it its parameters or the failure, in whichever of the interfaces' orders. */
  private static void write(org.slf4j.Logger log, Level level, Object[] arguments, boolean connector) {
    int at = 0;
    while (at < arguments.length && !(arguments[at] instanceof String)) {
      at++;
    }
    Object[] rest = Arrays.stream(arguments, Math.min(at + 1, arguments.length), arguments.length)
        .flatMap(each -> each instanceof Object[] many ? Arrays.stream(many) : Stream.of(each)).toArray();
    String text = at < arguments.length ? (String) arguments[at] : "";
    if (rest.length > 0 && rest[rest.length - 1] instanceof Throwable failure && (connector || !log.isDebugEnabled())) {
      // Mostly what a connector's code has thrown: whoever runs the host can do nothing with the way that it took.
      rest[rest.length - 1] = connector ? root(failure).getClass().getName() + "; kit explain tells more" : line(root(failure));
      text += ": {}";
    }
    log.atLevel(level).log(text, rest);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < MAX_DEPTH && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }

  private static String line(Throwable root) {
    try {
      return String.valueOf(root).replaceAll("\\s*\\R\\s*", " ");
    } catch (RuntimeException e) {
      return root.getClass().getName();
    }
  }

  private static Level levelOf(Object[] arguments) {
    LogLevel[] levels = LogLevel.values();
    return Arrays.stream(arguments).filter(Integer.class::isInstance).findFirst()
        .map(number -> level(levels[Math.max(0, Math.min((Integer) number, levels.length - 1))].name())).orElse(Level.INFO);
  }

  private static Level level(String name) {
    return name.equalsIgnoreCase("audit") ? Level.INFO : Level.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static String nameOf(String bundle, Object[] arguments) {
    return Arrays.stream(arguments).filter(String.class::isInstance).map(String.class::cast)
        .filter(name -> !name.equals(Logger.ROOT_LOGGER_NAME)).findFirst()
        .or(() -> Arrays.stream(arguments).filter(each -> each instanceof Class<?> type && !Logger.class.isAssignableFrom(type))
            .map(each -> ((Class<?>) each).getName()).findFirst())
        .orElse(bundle);
  }

  private static Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "OSGi log";
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }
}
