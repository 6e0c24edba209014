package io.connectorkit.runtime.internal.remote;

import static io.connectorkit.runtime.internal.duckdb.DuckDb.execute;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.identifier;
import static io.connectorkit.runtime.internal.duckdb.DuckDb.literal;

import io.connectorkit.api.RemoteAttach;
import io.connectorkit.declaration.AttachmentForm;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.duckdb.Sql;
import io.connectorkit.runtime.internal.extract.Redaction;
import io.connectorkit.runtime.internal.registry.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.duckdb.DuckDBDriver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Attaches sources. A token is read from its variable each time and lives in the session alone; DuckDB shows the statement that failed, so what
 * it says is cleaned before anybody else sees it.
 */
@Component(service = RemoteSessions.class)
public final class RemoteSessions {

  /** Code of an extension that is not there, or cannot be used. */
  public static final String MISSING = "KIT-3061";

  private final RemotePolicy policy;

  @Activate
  public RemoteSessions(@Reference RemotePolicy policy) {
    this.policy = policy;
  }

  /** A DuckDB of its own, for a trial. Close it. */
  public Connection open() throws SQLException {
    return new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
  }

  /**
   * Attaches the source of an instance, within what the operator allows. Uses no network of its own: an extension has to be there.
   *
   * @param session not restricted yet
   * @return the name of the attached database, which nobody can guess
   * @throws KitException KIT-3060 if it is not allowed, KIT-3061 if its extension is missing, KIT-3062 if the source refuses
   */
  public String attach(Connection session, Instance instance, RemoteAttach attach) {
    policy.check(instance, attach);
    String catalog = "kit_" + UUID.randomUUID().toString().replace('-', '_');
    String token = attach.tokenEnv().isEmpty() ? "" : instance.secret(attach.tokenEnv()).orElseThrow(() -> new KitException("KIT-3062",
        "source of '" + instance.name() + "': environment variable " + attach.tokenEnv() + " is not set; set it, or let " + attach.tokenEnv()
            + "_FILE name a file that holds it"));
    try {
      prepare(session);
      load(session, attach.extension());
      attach(session, attach, catalog, token);
      return catalog;
    } catch (SQLException e) {
      String text = token.isEmpty() ? Sql.firstLine(e) : Sql.firstLine(e).replace(literal(token), "***").replace(token, "***");
      throw new KitException("KIT-3062", "source of '" + instance.name() + "' cannot be attached: " + Redaction.clean(text, instance)
          + "; check its address and " + (attach.tokenEnv().isEmpty() ? "its credentials" : attach.tokenEnv()), null);
    }
  }

  private void prepare(Connection session) throws SQLException {
    execute(session, "SET autoinstall_known_extensions = false");
    execute(session, "SET autoload_known_extensions = false");
    execute(session, "SET extension_directory = " + literal(policy.folder().toString()));
    execute(session, "SET allow_persistent_secrets = false");
  }

  private void load(Connection session, String extension) {
    if (extension.equals(AttachmentForm.DUCKDB)) {
      return;
    }
    Path file = policy.folder().resolve(extension + ".duckdb_extension");
    try {
      execute(session, "LOAD " + (Files.exists(file) ? literal(file.toString()) : extension));
    } catch (SQLException e) {
      throw new KitException(MISSING, "DuckDB's extension '" + extension + "' cannot be loaded: " + Sql.firstLine(e) + "; put the file "
          + extension + ".duckdb_extension for this version of DuckDB into " + policy.folder() + ", or set extensions.install in etc/"
          + RemoteConfig.PID + ".cfg", e);
    }
  }

  private static void attach(Connection session, RemoteAttach attach, String catalog, String token) throws SQLException {
    String options = "TYPE " + attach.extension();
    if (token.isEmpty()) {
      options += ", READ_ONLY";
    } else if (attach.extension().equals("bigquery")) {
      // What the variable holds: a service account, the path of a file with one, or an access token.
      String kind = token.strip().startsWith("{") ? "SERVICE_ACCOUNT_JSON" : token.startsWith("/") ? "SERVICE_ACCOUNT_PATH" : "ACCESS_TOKEN";
      execute(session, "CREATE TEMPORARY SECRET " + identifier(catalog) + " (TYPE bigquery, " + kind + " " + literal(token) + ")");
      options += ", READ_ONLY";
    } else {
      options += ", TOKEN " + literal(token);
    }
    execute(session, "ATTACH " + literal(attach.url()) + " AS " + identifier(catalog) + " (" + options + ")");
  }

  /** Whether extensions that are missing are to be downloaded. */
  boolean downloads() {
    return policy.repository().isPresent();
  }

  /**
   * Downloads an extension, if the operator wants that and it is not there. Not for queries.
   *
   * @return why it could not be had; empty if it is there, or is not to be downloaded
   */
  public String provide(String extension) {
    if (!downloads() || extension.equals(AttachmentForm.DUCKDB) || !policy.extensions().contains(extension)) {
      return "";
    }
    try (Connection session = open()) {
      Files.createDirectories(policy.folder());
      prepare(session);
      if (Files.notExists(policy.folder().resolve(extension + ".duckdb_extension"))) {
        execute(session, "INSTALL " + extension + " FROM " + policy.repository().get());
      }
      return "";
    } catch (SQLException | IOException e) {
      return Sql.firstLine(e);
    }
  }
}
