package io.connectorkit.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A product small enough for a test: the real {@code etc/}, and bundles that the test makes. */
record Product(HostFolders folders) {

  /** In {@code folder}, with a home of its own. */
  static Product in(Path folder) throws IOException {
    HostFolders folders = HostFolders.of(folder.resolve("the product+1"), folder.resolve("home"));
    Path etc = folders.product().resolve("etc");
    Files.createDirectories(etc);
    Files.createDirectories(folders.system());
    for (String file : new String[] {"config.properties", "logback.xml"}) {
      Files.copy(Path.of("../archive/src/main/dist/etc").resolve(file), etc.resolve(file));
    }
    return new Product(folders);
  }

  /** Adds a bundle whose activator is {@code activator}. */
  void bundle(String name, Class<?> activator, Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", name);
    attributes.putValue("Bundle-Activator", activator.getName());
    attributes.putValue("Import-Package", "org.osgi.framework,org.slf4j");
    headers.forEach(attributes::putValue);
    String file = activator.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(folders.system().resolve(name + ".jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream code = activator.getClassLoader().getResourceAsStream(file)) {
      jar.putNextEntry(new JarEntry(file));
      code.transferTo(jar);
    }
  }
}
