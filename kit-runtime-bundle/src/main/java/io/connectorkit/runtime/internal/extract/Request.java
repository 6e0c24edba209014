package io.connectorkit.runtime.internal.extract;

import io.connectorkit.api.ConnectorContext;
import io.connectorkit.api.Filter;
import io.connectorkit.api.ReadRequest;
import io.connectorkit.api.TableInfo;
import io.connectorkit.api.Watermark;
import java.util.List;
import java.util.Optional;

/** A request as plain values. */
record Request(ConnectorContext context, TableInfo table, Optional<Watermark> watermark, List<String> columns, List<Filter> filters,
    int batchSize) implements ReadRequest {}
