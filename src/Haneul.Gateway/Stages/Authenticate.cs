using Haneul.Auth;
using Haneul.Kernel.Errors;
using Haneul.Kernel.Identity;
using Haneul.Wire.Checksums;

namespace Haneul.Gateway.Stages;

/// <summary>
/// Stage 3: who calls. A key that was issued here is verified, in every mode. Any other key acts as the root of an account in the open mode, if
/// the machine's own user sends it, and is refused in the strict mode.
/// </summary>
internal sealed class Authenticate(IEnumerable<ICredentials> credentials, GatewayOptions options, LocalAccess access, TimeProvider time)
{
    private readonly ICredentials[] _credentials = [.. credentials];

    /// <summary>Reads the signature, finds the principal and, the body being read, verifies.</summary>
    public async ValueTask RunAsync(GatewayRequest request, CancellationToken cancel)
    {
        var protocol = request.Protocol!.Protocol;
        if (request.SignatureRefusal == AuthRefusal.Missing)
        {
            // Some operations ask for no signature; which one it is, is known later. To a site its owner is nobody special.
            if (options.Auth == AuthMode.Strict || request.IsForSite || !access.IsLocal(request.Http))
            {
                Enter(request, Principal.Anonymous, Region.Default);
            }
            else
            {
                Enter(request, Principal.Root(AccountId.Default), Region.Default);
            }

            request.Error = Unframe(request);
            return;
        }

        var key = request.Scope?.AccessKeyId;
        var credential = key is null ? null : await FindAsync(key, cancel);
        if (credential is null)
        {
            request.Error = EnterUnknown(request, key) ?? Unframe(request);
            return;
        }

        if (request.Signature is not { } parts)
        {
            request.Error = request.SignatureRefusal == AuthRefusal.WrongScope
                ? AuthErrors.WrongService(protocol, request.SigningName)
                : AuthErrors.Incomplete(protocol);
            return;
        }

        request.Error = Verify(request, parts, credential) ?? Unframe(request, parts, credential.SecretAccessKey);
        if (request.Error is null)
        {
            Enter(request, credential.Principal, Region.TryParse(parts.Scope.Region, out var region) ? region : Region.Default);
        }
    }

    /// <summary>Operations whose model asks for a signature are not for callers without one.</summary>
    public static ServiceError? RefuseAnonymous(GatewayRequest request) =>
        request.Call!.Principal.Kind == PrincipalKind.Anonymous && !request.Row!.Operation.Unsigned
            ? AuthErrors.Missing(request.Protocol!.Protocol)
            : null;

    private async ValueTask<Credential?> FindAsync(string key, CancellationToken cancel)
    {
        foreach (var source in _credentials)
        {
            if (await source.FindAsync(key, cancel) is { } credential)
            {
                return credential;
            }
        }

        return null;
    }

    private ServiceError? Verify(GatewayRequest request, SignatureParts parts, Credential credential)
    {
        var protocol = request.Protocol!.Protocol;
        var now = time.GetUtcNow();
        if (!credential.Active || credential.SessionToken != parts.SessionToken)
        {
            return AuthErrors.UnknownKey(protocol);
        }

        if (credential.Expires <= now)
        {
            return AuthErrors.ExpiredToken(protocol);
        }

        if (parts.Scope.Service != request.SigningName)
        {
            return AuthErrors.WrongService(protocol, request.SigningName);
        }

        // Services hash the body they got, whatever the header says; for chunks the header's word is what was signed.
        var claimed = request.Wire.Header("x-amz-content-sha256");
        var isS3 = request.SigningName == "s3";
        string hash;
        if (parts.IsPresigned && isS3)
        {
            hash = claimed ?? SigV4.UnsignedPayload;
        }
        else if (ChunkedPayload.Is(claimed) || (isS3 && claimed == SigV4.UnsignedPayload))
        {
            hash = claimed!;
        }
        else
        {
            hash = request.Wire.Body.IsEmpty ? SigV4.EmptyHash : Sha256.Hex(request.Wire.Body.Span);
            if (claimed is not null && claimed != hash && claimed != SigV4.UnsignedPayload)
            {
                return AuthErrors.WrongBody(protocol);
            }

            // Some clients leave the body unsigned where the transport guards it.
            hash = claimed ?? hash;
        }

        var refusal = SigV4.Verify(request.Wire, parts, credential.SecretAccessKey, hash, now, normalizePath: !isS3);
        return refusal == AuthRefusal.None
            ? null
            : AuthErrors.Refused(protocol, refusal, parts, now, Canonical(request.Wire, parts, hash, normalizePath: !isS3));
    }

    private static Func<string> Canonical(ISignedRequest request, SignatureParts parts, string hash, bool normalizePath) =>
        () => CanonicalRequest.Build(request, parts.SignedHeaders, hash, parts.IsPresigned, normalizePath);

    private ServiceError? EnterUnknown(GatewayRequest request, string? key)
    {
        var protocol = request.Protocol!.Protocol;
        if (options.Auth == AuthMode.Strict)
        {
            return AuthErrors.UnknownKey(protocol);
        }

        if (access.Refusal(request.Http) is { } reason)
        {
            return AuthErrors.NotLocal(protocol, reason);
        }

        // A key of twelve digits names the account.
        var account = AccountId.TryParse(key, out var named) ? named : AccountId.Default;
        Enter(request, Principal.Root(account, key), Region.TryParse(request.Scope?.Region, out var region) ? region : Region.Default);
        return null;
    }

    /// <summary>Takes the frames off a body that was sent in chunks, and checks the checksum that its trailer may carry.</summary>
    private static ServiceError? Unframe(GatewayRequest request, SignatureParts? seed = null, string? secret = null)
    {
        if (request.Wire.Header("x-amz-content-sha256") is not { } word || !ChunkedPayload.Is(word))
        {
            return null;
        }

        var verifier = seed is null || word == ChunkedPayload.UnsignedWithTrailer ? null : new ChunkVerifier(seed, secret!);
        var refusal = ChunkedBody.Decode(request.Wire.Body, verifier, word != ChunkedPayload.Signed, out var body, out var trailers);
        switch (refusal)
        {
            case ChunkedRefusal.Mismatch:
                return AuthErrors.WrongBody(request.Protocol!.Protocol);
            case ChunkedRefusal.Incomplete or ChunkedRefusal.Malformed:
                return new ErrorShape("IncompleteBody", 400).With("The request body terminated unexpectedly");
        }

        foreach (var (name, value) in trailers)
        {
            if (RequestChecksum.Compute(name, body.Span) is { } sum && sum != value)
            {
                return RequestChecksum.Mismatch(name);
            }
        }

        request.Wire.SetBody(body);
        return null;
    }

    private void Enter(GatewayRequest request, Principal principal, Region region)
    {
        var http = request.Http;
        request.Call = new CallContext
        {
            Principal = principal,
            Region = region,
            RequestId = request.RequestId,
            Time = time.GetUtcNow(),
            SourceIp = http.Connection.RemoteIpAddress,
            UserAgent = http.Request.Headers.UserAgent.ToString(),
            SecureTransport = http.Request.IsHttps,
            Endpoint = string.Concat(http.Request.Scheme, "://", http.Request.Host.Value),
            Header = request.Wire.HeaderReader,
        };
    }
}
