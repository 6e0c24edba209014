/** Events of sources: taken durably, turned into changes by their connector, published. */
package io.connectorkit.runtime.internal.stream;
