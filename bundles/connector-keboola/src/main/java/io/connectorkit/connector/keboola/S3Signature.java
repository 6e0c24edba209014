package io.connectorkit.connector.keboola;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signature Version 4 for a GET, by the library of AWS. In headers and never in the URL, where it would be logged on the way. */
final class S3Signature {

  private S3Signature() {}

  /** The headers to send. */
  static Map<String, String> headers(URI uri, String region, Map<String, Object> credentials) {
    AwsSessionCredentialsIdentity identity = AwsSessionCredentialsIdentity.create(StorageApi.text(credentials, "AccessKeyId"),
        StorageApi.text(credentials, "SecretAccessKey"), StorageApi.text(credentials, "SessionToken"));
    SignedRequest signed = AwsV4HttpSigner.create().sign(request -> request.identity(identity)
        .request(SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(uri).build())
        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
    return signed.request().headers().entrySet().stream().filter(header -> !header.getKey().equalsIgnoreCase("Host"))
        .collect(Collectors.toMap(Map.Entry::getKey, header -> header.getValue().get(0)));
  }
}
