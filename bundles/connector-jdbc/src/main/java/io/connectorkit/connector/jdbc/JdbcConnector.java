package io.connectorkit.connector.jdbc;

import static io.connectorkit.api.Capability.DISCOVER;
import static io.connectorkit.api.Capability.READ;
import static io.connectorkit.api.Capability.WRITE;
import static org.osgi.service.component.annotations.ConfigurationPolicy.IGNORE;

import io.connectorkit.api.BatchSource;
import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Discovers;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.Reads;
import io.connectorkit.api.Split;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.WriteRequest;
import io.connectorkit.api.WriteResult;
import io.connectorkit.api.Writes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jdbc.DataSourceFactory;

/** A database that a JDBC driver leads to. */
@ConnectorBundle(name = "jdbc", version = "1.0.0", capabilities = {DISCOVER, READ, WRITE})
@Component(configurationPolicy = IGNORE)
public final class JdbcConnector implements Discovers, Reads, Writes {

  @Reference(service = DataSourceFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
      fieldOption = FieldOption.UPDATE)
  private final List<DataSourceFactory> factories = new CopyOnWriteArrayList<>();

  /** As the host makes it, which adds the drivers of other bundles. */
  public JdbcConnector() {}

  JdbcConnector(DataSourceFactory factory) {
    factories.add(factory);
  }

  private interface Work<T> {
    T with(Database database) throws SQLException;
  }

  @Override
  public List<TableInfo> discover(ConnectorContext context) {
    return call(context, "the tables cannot be listed", Database::tables);
  }

  @Override
  public List<Split> splits(ReadRequest request) {
    return call(request.context(), Failures.of(request.table()), database -> database.splits(request));
  }

  @Override
  public BatchSource read(ReadRequest request) {
    Database database = open(request.context());
    try {
      return database.read(request);
    } catch (SQLException e) {
      database.abort();
      throw Failures.of(Failures.of(request.table()), e);
    } catch (RuntimeException e) {
      database.abort();
      throw e;
    }
  }

  @Override
  public WriteResult write(WriteRequest request) {
    return call(request.context(), Failures.of(request.table()), database -> database.write(request));
  }

  private <T> T call(ConnectorContext context, String what, Work<T> work) {
    Database database = open(context);
    try {
      return work.with(database);
    } catch (SQLException e) {
      throw Failures.of(what, e);
    } finally {
      database.close();
    }
  }

  /** A connection of its own, which ends when the call is cancelled. */
  private Database open(ConnectorContext context) {
    Drivers drivers = new Drivers(context, factories);
    Connection connection = drivers.connect();
    try {
      return Postgres.speaks(connection) ? new Postgres(context, connection, drivers::connect) : new AnyDatabase(context, connection);
    } catch (SQLException e) {
      Database.close(connection);
      throw Failures.of("the database does not answer", e);
    }
  }
}
