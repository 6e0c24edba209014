package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.TableInfo;

/** A request as plain values. */
record Request(ConnectorContext context, TableInfo table, int batchSize) implements ReadRequest {}
