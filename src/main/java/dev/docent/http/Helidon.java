package dev.docent.http;

import dev.docent.connection.Connections;
import io.helidon.common.mapper.DefaultMapperProvider__ServiceDescriptor;
import io.helidon.common.mapper.DefaultResolverService__ServiceDescriptor;
import io.helidon.common.mapper.MappersFactory__ServiceDescriptor;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.http1.Http1Config;

/**
 * What a Helidon server needs whatever its settings are, created on first use.
 *
 * <p>By default Helidon looks for services in each jar of the class path and reads their
 * descriptions, which takes a fifth of the CPU time of a start. These are the ones that a server
 * without declared endpoints asks for; Helidon's own plugin for Maven would write the same list.
 */
final class Helidon {
    /** No compression, because proxies delay what they have to decompress. */
    static final ContentEncodingContext PLAIN;

    static final Http1Config HTTP;

    /** Bytes of a request line: a search of 2000 characters may take twelve for each of them. */
    private static final int LONGEST_PROLOGUE = 32 * 1024;

    static {
        GlobalServiceRegistry.registry(Helidon::registry);
        PLAIN = ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build();
        HTTP =
                Http1Config.builder()
                        .maxPrologueLength(LONGEST_PROLOGUE)
                        .addReceiveListener(Connections.phases())
                        .build();
    }

    private Helidon() {}

    private static ServiceRegistry registry() {
        return ServiceRegistryManager.create(
                        ServiceRegistryConfig.builder()
                                .discoverServices(false)
                                .discoverServicesFromServiceLoader(false)
                                .addServiceDescriptor(MappersFactory__ServiceDescriptor.INSTANCE)
                                .addServiceDescriptor(
                                        DefaultMapperProvider__ServiceDescriptor.INSTANCE)
                                .addServiceDescriptor(
                                        DefaultResolverService__ServiceDescriptor.INSTANCE)
                                .build())
                .registry();
    }

    /** Creates all of this by loading the class. */
    static void load() {}
}
