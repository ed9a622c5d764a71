using Haneul.Policy.Language;
using Haneul.Policy.Validation;

namespace Haneul.Fuzz.Targets;

/// <summary>Policy documents.</summary>
internal static class PolicyTargets
{
    private static readonly string[] s_seeds =
    [
        """{"Version":"2012-10-17","Id":"i","Statement":[{"Sid":"A","Effect":"Allow","Action":["s3:Get*","s3:?ut"],"Resource":"arn:aws:s3:::b/${aws:username, 'x'}/*","Condition":{"StringLike":{"aws:PrincipalArn":["a*","b"]},"NumericLessThan":{"s3:max-keys":10}}}]}""",
        """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":{"AWS":["arn:aws:iam::123456789012:root","*"],"Service":"lambda.amazonaws.com"},"NotAction":"sts:*","Condition":{"ForAllValues:StringEqualsIfExists":{"aws:TagKeys":["a"]},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"},"Bool":{"aws:SecureTransport":"true"},"Null":{"a":true}}}}""",
    ];

    private static readonly string[] s_words =
    [
        "\"NotPrincipal\":", "\"NotResource\":", "\"Statement\":", "\"Condition\":", "\"*\"", "${", "${*}", "}", "[]", "{}", "null", "1e999", "-1", "\\ud800", "arn:", ":::::",
        "\"BinaryEquals\"", "\"NumericEquals\"", "\"IpAddress\"", "::/0", "/129", "ForAnyValue:",
    ];

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("policy", s_seeds, s_words, text => PolicyParser.Parse(text), typeof(PolicyFormatException)),
        FuzzTarget.OfText("policy-validation", s_seeds, s_words, text =>
        {
            PolicyValidator.CheckIdentityPolicy(text);
            PolicyValidator.CheckTrustPolicy(text);
        }),
    ];
}
