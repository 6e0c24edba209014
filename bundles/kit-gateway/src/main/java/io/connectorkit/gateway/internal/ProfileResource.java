package io.connectorkit.gateway.internal;

import io.connectorkit.host.Catalog;
import io.connectorkit.host.KitException;
import io.connectorkit.host.StoredTable;
import java.util.List;

/** What the values of a table are like. */
final class ProfileResource implements Resource {

  private final Catalog catalog;
  private final Profiles profiles;

  ProfileResource(Catalog catalog, Profiles profiles) {
    this.catalog = catalog;
    this.profiles = profiles;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/tables/{source}/{table}/profile", "profileTable", "What the values of each column are like, from a sample")
        .gives(Profile.class).by(this::profile));
  }

  private Profile profile(Call call) {
    StoredTable table = catalog.tables().stream().filter(each -> each.source().equals(call.path("source")) && each.table().equals(call.path("table")))
        .findFirst().orElseThrow(() -> new KitException("KIT-6004", "there is no table '" + call.path("source") + "." + call.path("table") + "'"));
    return profiles.of(table);
  }
}
