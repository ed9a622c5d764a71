namespace Haneul.Wire.Query;

/// <summary>Where the parameters of a query request stand: in the body of a POST, else in the URL.</summary>
public static class FormBody
{
    public static QueryParameters Parameters(WireRequest request) =>
        request.Body.IsEmpty ? QueryParameters.Parse(request.RawQuery) : QueryParameters.Parse(request.Body.Span);
}
