using Haneul.ModelCompiler;

// distil DATA SERVICE...   pins models/SERVICE/model.json from a botocore data folder
// generate [SERVICE...]    writes src/Services/*/Generated from the pinned models; all of them without names
if (args is ["distil", var data, .. var names] && names.Length > 0)
{
    foreach (var name in names)
    {
        Console.WriteLine(Distiller.Pin(data, Repository.Models, name));
    }

    return 0;
}

if (args is ["generate", .. var wanted])
{
    foreach (var folder in Directory.GetDirectories(Repository.Models).Order(StringComparer.Ordinal))
    {
        var name = Path.GetFileName(folder);
        if (File.Exists(Path.Combine(folder, "patch.json")) && (wanted.Length == 0 || wanted.Contains(name)))
        {
            Console.WriteLine(Generator.Run(Repository.Root, name));
        }
    }

    return 0;
}

Console.Error.WriteLine("usage: distil DATA SERVICE... | generate [SERVICE...]");
return 2;
