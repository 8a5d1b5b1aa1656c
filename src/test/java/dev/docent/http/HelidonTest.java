package dev.docent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.service.registry.Lookup;
import io.helidon.service.registry.ServiceRegistryManager;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The services of Helidon that are named, beside those that it would find by itself. */
class HelidonTest {
    private static final List<String> NAMED =
            List.of(
                    "io.helidon.common.mapper.DefaultMapperProvider",
                    "io.helidon.common.mapper.DefaultResolverService",
                    "io.helidon.common.mapper.MappersFactory");

    /**
     * For declared endpoints, Helidon's own configuration and metrics, and rows as objects, none of
     * which there are here; or made by the registry itself.
     */
    private static final List<String> NOT_ASKED_FOR =
            List.of(
                    "io.helidon.common.config.ConfigFactory",
                    "io.helidon.config.ConfigProvider",
                    "io.helidon.config.ConfigurationValueFactory",
                    "io.helidon.config.MetaConfigFactory",
                    "io.helidon.config.PropertiesConfigParser",
                    "io.helidon.config.yaml.YamlConfigParser",
                    "io.helidon.dbclient.DbMapperProviderImpl",
                    "io.helidon.http.Headers",
                    "io.helidon.http.HttpPrologue",
                    "io.helidon.http.ServerRequestHeaders",
                    "io.helidon.metrics.api.MeterRegistryFactory",
                    "io.helidon.metrics.api.MetricsFactoryFactory",
                    "io.helidon.service.registry.EventManagerImpl",
                    "io.helidon.service.registry.InterceptionMetadata",
                    "io.helidon.service.registry.PerRequestScopeHandler",
                    "io.helidon.service.registry.Scopes",
                    "io.helidon.service.registry.ServiceRegistry",
                    "io.helidon.webserver.LoomServer",
                    "io.helidon.webserver.RequestScopeFeatureProvider",
                    "io.helidon.webserver.WebServerService",
                    "io.helidon.webserver.WebServerStarterService",
                    "io.helidon.webserver.cors.CorsFeature",
                    "io.helidon.webserver.http.HttpEntryPointsImpl",
                    "io.helidon.webserver.http.ServerRequest",
                    "io.helidon.webserver.http.ServerResponse",
                    "io.helidon.webserver.observe.ObserveFeatureProvider");

    /** A new version that brings another service has it looked at here. */
    @Test
    void overlooksNoneThatHelidonWouldFind() {
        ServiceRegistryManager all = ServiceRegistryManager.create();
        try {
            assertThat(all.registry().lookupServices(Lookup.EMPTY))
                    .map(service -> service.serviceType().fqName())
                    .containsAll(NAMED)
                    .filteredOn(name -> !NAMED.contains(name))
                    .containsExactlyInAnyOrderElementsOf(NOT_ASKED_FOR);
        } finally {
            all.shutdown();
        }
    }
}
