package ${package};

import io.connectorkit.contract.junit.DeclarativeContract;

/**
 * Everything that the host relies on, as tests, against a server that makes up what connector.yaml declares. "kit connector test" runs the same
 * checks against the real source.
 */
class ${className}ContractTest extends DeclarativeContract {}
