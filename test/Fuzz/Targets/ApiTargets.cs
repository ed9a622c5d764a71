using Haneul.ApiGateway.Mapping;
using Haneul.ApiGateway.Velocity;
using Haneul.ApiGateway.Velocity.Paths;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.Fuzz.Targets;

/// <summary>The languages of API Gateway.</summary>
internal static class ApiTargets
{
    private const string Body = """{"a":[{"b":1,"c":"x"},{"b":2.5}],"d":{"e":null,"f":[true,[1,2]]}}""";

    private static readonly Dictionary<string, string> s_parameters = new() { ["id"] = "7" };

    private static readonly object? s_document = JsonText.Parse(Body);

    public static IEnumerable<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("velocity",
            [
                "#set($x = $input.path('$.a'))#foreach($i in $x)$i.b#if($foreach.hasNext),#end#end",
                "#macro(m $a)[$a]#end#m(\"x $context.y\") #define($d)$!d#end#evaluate('#set($q=1)')",
                "#if($a == 1 && !($b.c(\"d\", [1..3]) > -2.5e1))\\$x \\\\#else #[[raw]]# ## c\n#* d *##end",
                "#set($m = {\"k\": [1, {\"z\": 'y'}]})$m.k[1].z.replaceAll('y', '$0').split(',') ${m} $!{m.none} #break#stop",
            ],
            ["#set(", "#foreach(", "#end", "#if(", "#else", "#elseif(", "$", "${", "$!{", "}", ")", "[", "..", "\\", "\"", "'", "#[[", "]]#", "##", "#*", "*#", "#m(", "$input.params()", ".add(", ".put(", "$util.parseJson("],
            text => MappingTemplate.Render(text, new TemplateInput(Body, s_parameters, s_parameters, s_parameters), MappingTemplate.Context(), null),
            typeof(VelocityException)),
        FuzzTarget.OfText("json-path",
            ["$.a[?(@.b > 1 && @.c =~ /x.*/i)].c", "$..f[-1:]", "$['a','d'][*].length()", "$.a[0,1].b.max()", "$.d[?(@ in [1,'x'] || !@.e)]"],
            ["$", "@", "..", "[?(", ")]", "[", "]", "*", ":", ",", "'", "=~", "/", "&&", "||", "!", "contains", "size", "length()", "999999999999999999999"],
            text => JsonPath.Parse(text).Evaluate(s_document), typeof(VelocityException)),
    ];
}
