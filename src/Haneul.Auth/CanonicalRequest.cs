using System.Text;

namespace Haneul.Auth;

/// <summary>
/// A request in the one form that both sides sign.
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>
/// </summary>
public static class CanonicalRequest
{
    /// <param name="request">What was sent.</param>
    /// <param name="signedHeaders">Names in small letters, sorted.</param>
    /// <param name="payloadHash">The body's hash in hexadecimal, or the word that stands for one.</param>
    /// <param name="presigned">The query holds the signature, which does not sign itself.</param>
    /// <param name="normalizePath">All services but S3 fold dot segments and double slashes, and encode the path once more.</param>
    public static string Build(
        ISignedRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, bool presigned, bool normalizePath)
    {
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n');
        AppendPath(text, request.RawPath, normalizePath);
        text.Append('\n');
        CanonicalQuery.Append(text, request.RawQuery, presigned);
        text.Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':');
            var values = request.Header(name);
            for (var i = 0; i < values.Count; i++)
            {
                text.Append(i == 0 ? "" : ",");
                AppendTrimmed(text, values[i]);
            }

            text.Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    private static void AppendPath(StringBuilder text, string path, bool normalize)
    {
        if (!normalize)
        {
            // S3's keys may hold anything: the path is taken as it is, its bytes encoded once.
            UriEncoding.Append(text, UriEncoding.Decode(path.Length == 0 ? "/" : path), keepSlash: true);
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
    private static void AppendTrimmed(StringBuilder text, string value)
    {
        var blank = false;
        foreach (var c in value.AsSpan().Trim())
        {
            if (c is ' ' or '\t' or '\n' or '\r')
            {
                blank = true;
                continue;
            }

            text.Append(blank ? " " : "").Append(c);
            blank = false;
        }
    }
}
