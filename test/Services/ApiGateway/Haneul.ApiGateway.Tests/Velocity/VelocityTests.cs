using System.Diagnostics;
using System.Text;
using Haneul.ApiGateway.Velocity;
using Haneul.ApiGateway.Velocity.Values;

namespace Haneul.ApiGateway.Tests.Velocity;

public sealed class VelocityTests
{
    private const string Jars = "/usr/share/java";

    // Renders lines of base64, with the same variables as this test, and answers with such lines; an empty word stands for a refusal.
    private const string Harness = """
        import java.io.*;
        import java.util.*;
        import org.apache.velocity.*;
        import org.apache.velocity.app.*;

        public class Harness {
            public static void main(String[] args) throws Exception {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                for (String line; (line = in.readLine()) != null;) {
                    VelocityEngine engine = new VelocityEngine();
                    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
                    engine.init();
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("k", "v");
                    map.put("n", 1);
                    map.put("in", new LinkedHashMap<>(Map.of("x", "y")));
                    VelocityContext context = new VelocityContext();
                    context.put("s", "text");
                    context.put("n", 5);
                    context.put("empty", "");
                    context.put("t", true);
                    context.put("f", false);
                    context.put("d", 1.5);
                    context.put("list", new ArrayList<>(List.of("a", "b", "c")));
                    context.put("map", map);
                    StringWriter out = new StringWriter();
                    try {
                        engine.evaluate(context, out, "t", new String(Base64.getDecoder().decode(line), "UTF-8"));
                        System.out.println("=" + Base64.getEncoder().encodeToString(out.toString().getBytes("UTF-8")));
                    } catch (Exception refused) {
                        System.out.println();
                    }
                }
            }
        }
        """;

    [Fact]
    public void Templates_are_rendered_as_apache_velocity_renders_them()
    {
        var wrong = new List<string>();
        foreach (var (template, expected) in VelocityCases.All)
        {
            var output = Render(template);
            if (output != expected)
            {
                wrong.Add($"{template}\n    gives {output ?? "a refusal"}\n    for   {expected ?? "a refusal"}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task The_table_is_what_apache_velocity_says()
    {
        Assert.SkipUnless(File.Exists($"{Jars}/velocity.jar") && File.Exists("/usr/bin/javac"), "Apache Velocity or a Java compiler is not installed.");
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "Harness.java");
            await File.WriteAllTextAsync(file, Harness, cancel);
            using var java = Process.Start(new ProcessStartInfo("java", ["-cp", $"{Jars}/*", file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            var answers = java.StandardOutput.ReadToEndAsync(cancel);
            foreach (var (template, _) in VelocityCases.All)
            {
                await java.StandardInput.WriteLineAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(template)).AsMemory(), cancel);
            }

            java.StandardInput.Close();
            var lines = (await answers).Split('\n');
            for (var i = 0; i < VelocityCases.All.Length; i++)
            {
                var said = lines[i].StartsWith('=') ? Encoding.UTF8.GetString(Convert.FromBase64String(lines[i][1..])) : null;
                Assert.Equal((VelocityCases.All[i].Template, VelocityCases.All[i].Output), (VelocityCases.All[i].Template, said));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("#foreach($i in [1..1001])x#end")]
    [InlineData("#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end")]
    [InlineData("#set($x = 'aaaaaaaaaa')#foreach($i in [1..100])#set($x = \"$x$x\")#end")]
    [InlineData("#set($x = 'aaaaaaaaaa')#foreach($i in [1..100])#set($x = $x + $x)#end")]
    [InlineData("#foreach($i in [1..100])#set($ignore = $list.addAll($list))#end")]
    [InlineData("#set($ignore = $list.add($list))$list")]
    [InlineData("#set($ignore = $map.put('m', $map))$map")]
    [InlineData("#macro(m)#m()#end#m()")]
    [InlineData("#define($d)$d#end$d")]
    [InlineData("#set($e = '#evaluate($e)')#evaluate($e)")]
    [InlineData("#set($x = 3)#foreach($i in [1..100])#set($x = $x * $x)#end")]
    [InlineData("#set($x = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')$x.matches('(a+)+b')")]
    [InlineData("#set($x = [1..100000000])")]
    [InlineData("$s.repeat(100000000)")]
    [InlineData("$s.substring(9)")]
    [InlineData("#include('/etc/passwd')")]
    [InlineData("#parse('/etc/passwd')")]
    [InlineData("#if($t)")]
    [InlineData("#end")]
    public void Templates_that_go_too_far_are_refused(string template) => Assert.Null(Render(template));

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Null(Render("#set($x = " + new string('(', 100_000)));
        Assert.Null(Render("#set($x = " + string.Concat(Enumerable.Repeat("[", 100_000))));
        Assert.Null(Render("#if(" + string.Concat(Enumerable.Repeat("!", 100_000)) + "$t)#end"));
        Assert.Null(Render(string.Concat(Enumerable.Repeat("#if($t)", 100_000))));
    }

    [Theory]
    [InlineData("$s.class.forName('java.lang.Runtime')")]
    [InlineData("$s.getClass()")]
    [InlineData("$list.class.classLoader")]
    public void Java_itself_is_out_of_reach(string template) => Assert.Equal(template, Render(template));

    private static string? Render(string template)
    {
        try
        {
            return VelocityTemplate.Parse(template).Render(new Dictionary<string, object?>
            {
                ["s"] = "text",
                ["n"] = 5L,
                ["empty"] = "",
                ["t"] = true,
                ["f"] = false,
                ["d"] = 1.5,
                ["list"] = new VelocityList(["a", "b", "c"]),
                ["map"] = new VelocityMap([new("k", "v"), new("n", 1L), new("in", new VelocityMap([new("x", "y")]))]),
            });
        }
        catch (VelocityException)
        {
            return null;
        }
    }
}
