package io.connectorkit.gateway.internal;

import java.util.List;

/** A wish for a run: of all tables unless some are named, from the watermarks on unless it is to be full. */
record RunWish(String instance, @MayBeNull List<String> tables, @MayBeNull Boolean full) {}
