package io.connectorkit.declaration;

import io.connectorkit.api.Names;
import io.connectorkit.api.RemoteAttach;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an attachment must look like, whoever asks: all of it ends up in SQL, is stored and shown. Each answer is what is wrong, if anything is. */
public final class AttachmentForm {

  /** Stands for DuckDB itself: a database file, without an extension. */
  public static final String DUCKDB = "duckdb";

  private static final Pattern EXTENSION = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");
  private static final int MAX_URL = 2000;
  private static final int MAX_NAME = 255;
  private static final int MAX_ARGUMENT = 20_000;
  private static final int MAX_PARTS = 20;

  private AttachmentForm() {}

  /** Alias, extension and url. */
  public static Optional<String> of(RemoteAttach attach) {
    if (!Names.isView(attach.alias()) || !Names.isInstance(attach.alias().toLowerCase(Locale.ROOT))) {
      return Optional.of("alias " + Problems.quoted(attach.alias()) + " must be of letters, digits and underscores, a letter first, at most 40,"
          + " and no word that DuckDB reserves");
    }
    if (!EXTENSION.matcher(attach.extension()).matches()) {
      return Optional.of("extension " + Problems.quoted(attach.extension()) + " must be of lower-case letters, digits and underscores, a letter first");
    }
    if (attach.url().length() > MAX_URL || controls(attach.url())) {
      return Optional.of("the url must be one line of at most " + MAX_URL + " characters without control characters");
    }
    return Optional.of(RemoteUrl.of(attach.extension(), attach.url()).problem()).filter(problem -> !problem.isEmpty())
        .map(problem -> "the url " + problem);
  }

  /**
   * The variable of the token.
   *
   * @param declared in {@code connector.yaml}
   */
  public static Optional<String> variable(RemoteAttach attach, Set<String> declared) {
    String variable = attach.tokenEnv();
    // Not its value: what is no name may be a token in the wrong place.
    if (!variable.isEmpty() && !VARIABLE.matcher(variable).matches()) {
      return Optional.of("the token variable must be of capital letters, digits and underscores, a letter first, and is not");
    }
    return variable.isEmpty() || declared.contains(variable) ? Optional.empty()
        : Optional.of("token variable " + variable + " is not declared under auth.env_vars in connector.yaml, which declares " + new TreeSet<>(declared));
  }

  /** What stands behind a table; null for nothing. */
  public static Optional<String> relation(RemoteAttach attach, String table, RemoteAttach.Relation relation) {
    if (relation == null) {
      return Optional.of("nothing stands behind table '" + table + "': attach() must name a relation for each table that it is asked for");
    }
    if (relation instanceof RemoteAttach.Name name) {
      boolean sound = !name.names().isEmpty() && name.names().size() <= MAX_PARTS && name.names().stream().noneMatch(AttachmentForm::noName);
      return sound ? Optional.empty() : Optional.of("the names behind table '" + table + "' must be one or more, none empty, longer than "
          + MAX_NAME + " characters or with control characters");
    }
    RemoteAttach.Call call = (RemoteAttach.Call) relation;
    String prefix = attach.extension() + "_";
    // DuckDB's own functions could read files.
    if (attach.extension().equals(DUCKDB) || !Names.isView(call.function()) || !call.function().toLowerCase(Locale.ROOT).startsWith(prefix)) {
      return Optional.of("function " + Problems.quoted(call.function()) + " behind table '" + table + "' must be one of the extension, whose names"
          + " begin with '" + prefix + "'" + (attach.extension().equals(DUCKDB) ? ", and this one has none" : ""));
    }
    boolean sound = call.arguments().size() <= MAX_PARTS
        && call.arguments().stream().noneMatch(text -> text.length() > MAX_ARGUMENT || controls(text.replaceAll("[\\r\\n\\t]", "")));
    return sound ? Optional.empty() : Optional.of("the arguments of " + call.function() + " behind table '" + table + "' must be at most "
        + MAX_PARTS + " texts of at most " + MAX_ARGUMENT + " characters, without control characters");
  }

  /** Whether a secret stands anywhere in it. */
  public static Optional<String> secret(RemoteAttach attach, Collection<String> secrets) {
    Stream<String> own = Stream.of(attach.alias(), attach.extension(), attach.url(), attach.tokenEnv());
    Stream<String> behind = attach.tables().values().stream().flatMap(relation -> relation instanceof RemoteAttach.Call call
        ? Stream.concat(Stream.of(call.function()), call.arguments().stream()) : ((RemoteAttach.Name) relation).names().stream());
    return Stream.concat(own, behind).anyMatch(text -> secrets.stream().anyMatch(text::contains))
        ? Optional.of("a secret stands in it; name the variable of the token instead") : Optional.empty();
  }

  private static boolean noName(String name) {
    return name.isEmpty() || name.length() > MAX_NAME || controls(name);
  }

  private static boolean controls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
