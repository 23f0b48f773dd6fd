"""Static files under names that carry their content's hash, compressed once at collectstatic."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the imports between ES modules hashed too."""

    support_js_module_import_aggregation = True
    manifest_strict = False
