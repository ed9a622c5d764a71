using Haneul.ApiGateway.Mapping;
using Haneul.ApiGateway.Velocity;

namespace Haneul.ApiGateway.Tests.Mapping;

public sealed class MappingTemplateTests
{
    private const string Book = """
        {"store": {"book": [
          {"category": "reference", "author": "Rees", "title": "Sayings", "price": 8.95},
          {"category": "fiction", "author": "Waugh", "title": "Sword", "price": 12.99, "tags": ["a", "b"]},
          {"category": "fiction", "author": "Melville", "title": "Moby Dick", "isbn": "0-553", "price": 8.99}],
          "bicycle": {"color": "red", "price": 19.95}}, "expensive": 10, "a.b": {"c d": 1}, "none": null}
        """;

    // What API Gateway was seen to answer: objects are written as Java does, lists as JSON.
    [Theory]
    [InlineData("""{"foo":"bar"}""", "$input.path('$')", "{foo=bar}")]
    [InlineData("""[{"foo": "bar"}]""", "$input.path('$')", """[{"foo":"bar"}]""")]
    [InlineData("""{"a":{"foo":"bar"}}""", "$input.path('$.a')", "{foo=bar}")]
    [InlineData("""[{"foo":"bar"}]""", "$input.path('$[0]')", "{foo=bar}")]
    [InlineData("""{"foo":[{"nested":"bar"}]}""", "$input.path('$')", """{foo=[{"nested":"bar"}]}""")]
    [InlineData("""{"list":[{"foo":"bar"}]}""", "$input.path('$').toString()", """{list=[{"foo":"bar"}]}""")]
    [InlineData("", """{"body": $input.path('$'), "nested": $input.path('$.x')}""", """{"body": , "nested": }""")]
    [InlineData("", "#if($input.path('$.x') == $null)null#end #if($input.path('$.x') == \"\")empty#end", "null empty")]
    [InlineData("[]", "#set($r = $input.path('$'))$r#if($r == $null)null#end", "[]")]
    [InlineData("[null]", "$input.path('$[0]')#if($input.path('$[0]') == $null)null#end", "null")]
    public void Values_are_written_as_api_gateway_writes_them(string body, string template, string expected) =>
        Assert.Equal(expected, Render(template, body));

    [Theory]
    [InlineData("$.store.book[0].title", "\"Sayings\"")]
    [InlineData("$['store']['book'][1]['price']", "12.99")]
    [InlineData("$.store.book[*].author", """["Rees","Waugh","Melville"]""")]
    [InlineData("$..author", """["Rees","Waugh","Melville"]""")]
    [InlineData("$.store..price", "[8.95,12.99,8.99,19.95]")]
    [InlineData("$..book[2]", """[{"category":"fiction","author":"Melville","title":"Moby Dick","isbn":"0-553","price":8.99}]""")]
    [InlineData("$.store.book[-1].title", "\"Moby Dick\"")]
    [InlineData("$.store.book[0,1].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[:2].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[1:].title", """["Sword","Moby Dick"]""")]
    [InlineData("$.store.book[?(@.isbn)].title", """["Moby Dick"]""")]
    [InlineData("$.store.book[?(!@.isbn)].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[?(@.price < 10)].title", """["Sayings","Moby Dick"]""")]
    [InlineData("$.store.book[?(@.price <= $.expensive)].title", """["Sayings","Moby Dick"]""")]
    [InlineData("$.store.book[?(@.category == 'fiction' && @.price < 10)].title", """["Moby Dick"]""")]
    [InlineData("$.store.book[?(@.category == 'reference' || @.price > 12)].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[?(@.author =~ /.*VILLE/i)].title", """["Moby Dick"]""")]
    [InlineData("$.store.book[?(@.author in ['Rees', 'Waugh'])].title", """["Sayings","Sword"]""")]
    [InlineData("$.store.book[?(@.author nin ['Rees', 'Waugh'])].title", """["Moby Dick"]""")]
    [InlineData("$.store.book[?(@.tags contains 'b')].title", """["Sword"]""")]
    [InlineData("$.store.book[?(@.tags size 2)].title", """["Sword"]""")]
    [InlineData("$.store.book.length()", "3")]
    [InlineData("$.store.book[*].price.min()", "8.95")]
    [InlineData("$.store.bicycle['color','price']", """{"color":"red","price":19.95}""")]
    [InlineData("$['a.b']['c d']", "1")]
    [InlineData("$.none", "null")]
    [InlineData("$.missing", "\"\"")]
    [InlineData("$.missing[*]", "[]")]
    [InlineData("store.bicycle.color", "\"red\"")]
    public void Paths_find_what_they_name(string path, string expected) => Assert.Equal(expected, Render($"$input.json(\"{path}\")", Book));

    [Theory]
    [InlineData("$.")]
    [InlineData("$[")]
    [InlineData("$.a[?(")]
    [InlineData("$.a[?(@.b ==)]")]
    [InlineData("$.a[]")]
    [InlineData("$.a['b]")]
    [InlineData("$.a b")]
    public void A_path_that_is_none_is_refused(string path) =>
        Assert.Throws<VelocityException>(() => Render($"$input.json(\"{path}\")", Book));

    [Fact]
    public void The_passthrough_template_of_the_console_gives_the_whole_request()
    {
        const string Template = """
            #set($allParams = $input.params())
            {
            "body-json" : $input.json('$'),
            "params" : {
            #foreach($type in $allParams.keySet())
                #set($params = $allParams.get($type))
            "$type" : {
                #foreach($paramName in $params.keySet())
                "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
                    #if($foreach.hasNext),#end
                #end
            }
                #if($foreach.hasNext),#end
            #end
            },
            "stage" : "$stageVariables.name",
            "ip" : "$context.identity.sourceIp", "none" : "$context.authorizer.claims.sub$stageVariables.none"
            }
            """;
        // A quote is escaped as JavaScript does; the documentation has users take that back where they want JSON.
        var output = Render(Template, """{"a":1}""").Replace("\\'", "'", StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal(1, root.GetProperty("body-json").GetProperty("a").GetInt32());
        Assert.Equal("7", root.GetProperty("params").GetProperty("path").GetProperty("id").GetString());
        Assert.Equal("it's", root.GetProperty("params").GetProperty("querystring").GetProperty("q").GetString());
        Assert.Equal("x", root.GetProperty("params").GetProperty("header").GetProperty("X-Name").GetString());
        Assert.Equal("blue", root.GetProperty("stage").GetString());
        Assert.Equal("1.2.3.4", root.GetProperty("ip").GetString());
        Assert.Equal("", root.GetProperty("none").GetString());
    }

    [Theory]
    [InlineData("$util.escapeJavaScript('a\"b/c')", "a\\\"b\\/c")]
    [InlineData("$util.base64Encode('hello')", "aGVsbG8=")]
    [InlineData("$util.base64Decode('aGVsbG8=')", "hello")]
    [InlineData("$util.urlEncode('a b&c=d/ü')", "a+b%26c%3Dd%2F%C3%BC")]
    [InlineData("$util.urlDecode('a+b%26c')", "a b&c")]
    [InlineData("#set($o = $util.parseJson('{\"a\":[1,2]}'))$o.a[1]", "2")]
    [InlineData("$input.params('id') $input.params('q') $input.params('x-name') [$input.params('none')]", "7 it's x []")]
    [InlineData("$input.body", "{\"a\":1}")]
    [InlineData("$input.params().header.get('X-Name') $input.params().path.id", "x 7")]
    public void Utilities_and_parameters(string template, string expected) => Assert.Equal(expected, Render(template, """{"a":1}"""));

    [Fact]
    public void Overrides_are_left_in_the_context()
    {
        var context = MappingTemplate.Context([new("requestOverride", MappingTemplate.Context([new("header", MappingTemplate.Context())]))]);
        var input = new TemplateInput("", Empty, Empty, Empty);
        MappingTemplate.Render("#set($context.requestOverride.header.x-a = \"1\")#set($context.requestOverride.header['b'] = 2)", input, context, null);
        var header = (Haneul.ApiGateway.Velocity.Values.VelocityMap)((Haneul.ApiGateway.Velocity.Values.VelocityMap)context.Find("requestOverride")!).Find("header")!;
        Assert.Equal("1", header.Find("x-a"));
        Assert.Equal(2L, header.Find("b"));
    }

    private static readonly Dictionary<string, string> Empty = [];

    private static string Render(string template, string body) => MappingTemplate.Render(
        template,
        new TemplateInput(body, new Dictionary<string, string> { ["id"] = "7" }, new Dictionary<string, string> { ["q"] = "it's" }, new Dictionary<string, string> { ["X-Name"] = "x" }),
        MappingTemplate.Context([new("identity", MappingTemplate.Context([new("sourceIp", "1.2.3.4")]))]),
        [new("name", "blue")]);
}
