package io.connectorkit.host;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Service that knows from where the next run of each table goes on, and can send it back to the start. Safe for use from several threads. */
@ProviderType
public interface States {

  /**
   * The published tables of an instance, by name; empty if nothing was published yet.
   *
   * @throws KitException KIT-3001 if there is neither an instance nor data of that name
   */
  List<TableStatus> list(String instance);

  /**
   * Forgets how far tables have been read, so that the next run of each reads all of its rows. What is published stays until then. Either
   * all tables are reset or none.
   *
   * @param tables view names, in any case, or names in the source; not empty
   * @throws KitException KIT-3001 if there is neither an instance nor data of that name, KIT-4017 if one of the tables is not published,
   *     KIT-3002 if a run of the instance goes on
   */
  void reset(String instance, List<String> tables);

  /**
   * Deletes what was extracted of an instance: tables, state and the history of its runs. They are gone from the joined database at once;
   * who has the old one open goes on with it.
   *
   * @throws KitException KIT-3001 if there is no data of that name, KIT-3028 if its connector is still deployed, KIT-3002 if a run of the
   *     instance goes on, KIT-4018 if the folder cannot be moved away
   */
  void forget(String instance);
}
