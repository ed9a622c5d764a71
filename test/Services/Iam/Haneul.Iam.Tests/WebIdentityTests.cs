using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Haneul.Iam.Tests;

/// <summary>Tokens of a provider that runs here and is asked over HTTP, as providers are.</summary>
public sealed class WebIdentityTests : IAsyncLifetime
{
    private readonly HttpListener _listener = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string _issuer = "";
    private Cloud _cloud = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cloud = await Cloud.StartAsync();
        for (var port = 20_000 + (Environment.ProcessId % 20_000); ; port++)
        {
            _issuer = $"http://127.0.0.1:{port}/realm";
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(_issuer + "/");
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
                // Somebody else has this port.
            }
        }

        _ = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        _rsa.Dispose();
        _ec.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_token_opens_the_roles_that_trust_its_provider_and_subject()
    {
        var now = _cloud.Time.GetUtcNow().ToUnixTimeSeconds();
        var good = Rsa(Claims("repo:acme/app", "client", now + 600));
        using var stranger = RSA.Create(2048);
        var output = await _cloud.PythonAsync(
            $$$"""
            arn = iam.create_open_id_connect_provider(Url='{{{_issuer}}}', ClientIDList=['client'], ThumbprintList=['0' * 40])['OpenIDConnectProviderArn']
            name = arn.split('oidc-provider/')[1]
            print(arn == f'arn:aws:iam::{A}:oidc-provider/{{{_issuer[7..]}}}', iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)['ClientIDList'])
            iam.create_role(RoleName='ci', AssumeRolePolicyDocument=trust({'Federated': arn}, 'sts:AssumeRoleWithWebIdentity', Condition={
                'StringEquals': {name + ':aud': 'client'}, 'StringLike': {name + ':sub': 'repo:acme/*'}}))
            iam.put_role_policy(RoleName='ci', PolicyName='p', PolicyDocument=policy('iam:ListUsers', Condition={
                'StringEquals': {'aws:FederatedProvider': arn, name + ':sub': 'repo:acme/app'}}))
            call = dict(RoleArn=f'arn:aws:iam::{A}:role/ci', RoleSessionName='build')
            session = sts.assume_role_with_web_identity(**call, WebIdentityToken='{{{good}}}')
            print(session['AssumedRoleUser']['Arn'], session['SubjectFromWebIdentityToken'], session['Audience'], session['Provider'] == arn)
            print(of(session['Credentials'], 'iam').list_users()['Users'])
            print(sts.assume_role_with_web_identity(**call, WebIdentityToken='{{{Ec(Claims("repo:acme/app", "client", now + 600))}}}')['Audience'])
            for token in ('{{{Rsa(Claims("repo:evil/app", "client", now + 600))}}}', '{{{Rsa(Claims("repo:acme/app", "other", now + 600))}}}',
                          '{{{Rsa(Claims("repo:acme/app", "client", now - 1))}}}', '{{{good[..^6]}}}AAAAAA', '{{{Sign(stranger, Claims("repo:acme/app", "client", now + 600))}}}',
                          '{{{Unsigned(Claims("repo:acme/app", "client", now + 600))}}}', 'nonsense',
                          '{{{Rsa(Claims("repo:acme/app", "client", now + 600, "https://elsewhere.example.com"))}}}'):
                refused(sts.assume_role_with_web_identity, **call, WebIdentityToken=token)
            iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
            refused(sts.assume_role_with_web_identity, **call, WebIdentityToken='{{{good}}}')
            """,
            Cancel);
        Assert.Equal(
            $"""
            True ['client']
            arn:aws:sts::000000000000:assumed-role/ci/build repo:acme/app client True
            []
            client
            AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity
            InvalidIdentityToken: Incorrect token audience
            ExpiredTokenException: Token expired: current date/time {now} must be before the expiration date/time {now - 1}
            InvalidIdentityToken: Provided Token signature could not be verified.
            InvalidIdentityToken: Provided Token signature could not be verified.
            InvalidIdentityToken: Provided Token signature could not be verified.
            InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)
            InvalidIdentityToken: No OpenIDConnect provider found in your account for https://elsewhere.example.com
            InvalidIdentityToken: No OpenIDConnect provider found in your account for {_issuer}
            """,
            output);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var body = context.Request.Url!.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
                ? $$"""{"issuer":"{{_issuer}}","jwks_uri":"{{_issuer}}/keys"}"""
                : Keys();
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }

    private string Keys()
    {
        var rsa = _rsa.ExportParameters(includePrivateParameters: false);
        var ec = _ec.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"keys":[{"kty":"RSA","kid":"r","alg":"RS256","n":"{{Text(rsa.Modulus!)}}","e":"{{Text(rsa.Exponent!)}}"},
            {"kty":"EC","kid":"e","crv":"P-256","x":"{{Text(ec.Q.X!)}}","y":"{{Text(ec.Q.Y!)}}"}]}
            """;
    }

    private string Claims(string subject, string audience, long expires, string? issuer = null) =>
        $$"""{"iss":"{{issuer ?? _issuer}}","sub":"{{subject}}","aud":"{{audience}}","exp":{{expires}}}""";

    private string Rsa(string claims) => Sign(_rsa, claims);

    private static string Sign(RSA key, string claims) => Token(
        """{"alg":"RS256","kid":"r"}""", claims, bytes => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private string Ec(string claims) => Token("""{"alg":"ES256","kid":"e"}""", claims, bytes => _ec.SignData(bytes, HashAlgorithmName.SHA256));

    private static string Unsigned(string claims) => Token("""{"alg":"none","kid":"r"}""", claims, _ => []);

    private static string Token(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Text(Encoding.UTF8.GetBytes(header))}.{Text(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Text(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
