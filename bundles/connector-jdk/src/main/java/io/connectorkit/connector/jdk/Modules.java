package io.connectorkit.connector.jdk;

import static io.connectorkit.api.Types.bool;
import static io.connectorkit.api.Types.int32;
import static io.connectorkit.api.Types.text;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Comparator;

/** The modules of the JDK itself, whether in use or not. */
final class Modules {

  static final ReferenceTable<ModuleDescriptor> TABLE = ReferenceTable.of("modules", "Modules of the running JDK",
          () -> ModuleFinder.ofSystem().findAll().stream().map(ModuleReference::descriptor)
              .sorted(Comparator.comparing(ModuleDescriptor::name)), "name")
      .column("name", text(), "Name, such as java.base", ModuleDescriptor::name)
      .column("version", text(), "Version; null if it has none", module -> module.rawVersion().orElse(null))
      .column("open", bool(), "Opens all its packages to reflection", ModuleDescriptor::isOpen)
      .column("packages", int32(), "Number of packages", module -> module.packages().size())
      .column("exports", int32(), "Number of packages exported to everyone",
          module -> (int) module.exports().stream().filter(exported -> !exported.isQualified()).count())
      .texts("requires", "Names of the modules it needs, sorted",
          module -> module.requires().stream().map(ModuleDescriptor.Requires::name).sorted().toList())
      .build();

  private Modules() {}
}
