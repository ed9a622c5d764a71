using System.Text;

namespace Haneul.Auth;

/// <summary>
/// A request in the one form that both sides sign.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>
/// </summary>
public static class CanonicalRequest
{
    /// <param name="request">What was sent.</param>
    /// <param name="signedHeaders">Their names are in small letters, sorted.</param>
    /// <param name="payloadHash">The body's hash in hexadecimal, or the word that stands for one.</param>
    /// <param name="presigned">The query holds the signature, which does not sign itself.</param>
    /// <param name="normalizePath">All services but S3 fold dot segments and double slashes, and encode the path once more.</param>
    public static string Build(
        ISignedRequest request, SignedHeaders signedHeaders, string payloadHash, bool presigned, bool normalizePath)
    {
        var text = ByteText.Take();
        Write(text, request, signedHeaders, payloadHash, presigned, normalizePath);
        var built = Encoding.UTF8.GetString(text.Written);
        text.Return();
        return built;
    }

    internal static void Write(
        ByteText text, ISignedRequest request, SignedHeaders signedHeaders, string payloadHash, bool presigned, bool normalizePath)
    {
        text.Append(request.Method).Append('\n');
        WritePath(text, request.RawPath, normalizePath);
        text.Append('\n');
        CanonicalQuery.Append(text, request.RawQuery, presigned);
        text.Append('\n');
        var names = signedHeaders.Names;
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(names[i]).Append(':');
            var values = request.Header(names[i]);
            for (var j = 0; j < values.Count; j++)
            {
                text.Append(j == 0 ? "" : ",");
                WriteTrimmed(text, values[j]);
            }

            text.Append('\n');
        }

        text.Append('\n').Append(signedHeaders.Text).Append('\n').Append(payloadHash);
    }

    private static void WritePath(ByteText text, string path, bool normalize)
    {
        if (path.Length <= 1)
        {
            text.Append('/');
            return;
        }

        if (!normalize)
        {
            // S3's keys may hold anything: the path is taken as it is, its bytes encoded once.
            UriEncoding.Append(text, UriEncoding.Decode(path), keepSlash: true);
            return;
        }

        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                if (segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }
            }
            else if (segment.Length > 0 && segment != ".")
            {
                segments.Add(segment);
            }
        }

        text.Append('/');
        for (var i = 0; i < segments.Count; i++)
        {
            text.Append(i == 0 ? "" : "/");
            UriEncoding.Append(text, Encoding.UTF8.GetBytes(segments[i]));
        }

        if (segments.Count > 0 && path.EndsWith('/'))
        {
            text.Append('/');
        }
    }

    // Outer blanks go, inner runs of blanks become one.
    private static void WriteTrimmed(ByteText text, string value)
    {
        var rest = value.AsSpan().Trim();
        while (rest.IndexOfAny(" \t\r\n") is var blank and >= 0)
        {
            text.Append(rest[..blank]).Append(' ');
            rest = rest[blank..].TrimStart();
        }

        text.Append(rest);
    }
}
