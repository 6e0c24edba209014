/** What operators and connectors declare: settings of the host, configuration of instances, manifests of connectors. */
package io.connectorkit.runtime.internal.config;
