package io.concordat.benchmarks.avro;

import io.apicurio.registry.resolver.client.RegistryArtifactReference;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryVersionCoordinates;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What stands in for Apicurio's registry: a list of texts, whose places are their ids. */
final class ApicurioRegistry implements RegistryClientFacade {
    private final List<String> schemas = new ArrayList<>();

    @Override
    public RegistryVersionCoordinates createSchema(
            String artifactType,
            String groupId,
            String artifactId,
            String version,
            String ifExists,
            boolean canonical,
            String schema,
            Set<RegistryArtifactReference> references) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        long id = schemas.indexOf(schema) + 1L;
        return RegistryVersionCoordinates.create(id, id, groupId, artifactId, "1");
    }

    @Override
    public String getSchemaByContentId(Long contentId) {
        return schemas.get(contentId.intValue() - 1);
    }

    @Override
    public String getSchemaByGlobalId(long globalId, boolean dereferenced) {
        return getSchemaByContentId(globalId);
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentId(long contentId) {
        return List.of();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGlobalId(long globalId) {
        return List.of();
    }

    @Override
    public String getSchemaByGAV(String groupId, String artifactId, String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getSchemaByContentHash(String hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGAV(String groupId, String artifactId, String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentHash(String hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RegistryVersionCoordinates> searchVersionsByContent(
            String schema, String artifactType, ArtifactReference reference, boolean canonical) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RegistryVersionCoordinates getVersionCoordinatesByGAV(String groupId, String artifactId, String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getClient() {
        throw new UnsupportedOperationException();
    }
}
