namespace Haneul.Fuzz;

/// <summary>Makes new inputs of good ones: the same number gives the same input.</summary>
internal static class Mutator
{
    private const int MaxLength = 64 * 1024;

    // Bytes on which parsers decide.
    private static readonly byte[] s_telling = [0, 1, 0x7F, 0x80, 0xC0, 0xED, 0xFF, .. "\"\\'{}[]()<>&=%+-.,:;/*?#$ \t\r\n09eE"u8];

    public static byte[] Make(FuzzTarget target, int seed, long iteration)
    {
        var random = new Random(HashCode(target.Name, seed, iteration));
        var input = new List<byte>(Pick(target.Seeds, random));
        for (var rounds = 1 << Math.Max(0, random.Next(-2, 4)); rounds > 0; rounds--)
        {
            Change(input, target, random);
            if (input.Count > MaxLength)
            {
                input.RemoveRange(MaxLength, input.Count - MaxLength);
            }
        }

        return [.. input];
    }

    private static void Change(List<byte> input, FuzzTarget target, Random random)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(input.Count - at, 1 + random.Next(1 << random.Next(1, 8)));
        switch (random.Next(10))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2 when at < input.Count:
                input[at] = s_telling[random.Next(s_telling.Length)];
                break;
            case 3:
                input.Insert(at, s_telling[random.Next(s_telling.Length)]);
                break;
            case 4:
                input.RemoveRange(at, length);
                break;
            case 5:
                // Rarely, since most of what is cut short is refused at once.
                if (random.Next(4) == 0)
                {
                    input.RemoveRange(at, input.Count - at);
                }

                break;
            case 6:
                Repeat(input, at, length, random);
                break;
            case 7 when target.Dictionary.Count > 0:
                input.InsertRange(at, Pick(target.Dictionary, random));
                break;
            case 8 when target.Dictionary.Count > 0:
                input.RemoveRange(at, length);
                input.InsertRange(at, Pick(target.Dictionary, random));
                break;
            default:
                var other = Pick(target.Seeds, random);
                var from = random.Next(other.Length + 1);
                input.RemoveRange(at, length);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + 1 + random.Next(64))]);
                break;
        }
    }

    // Mostly a few times; now and then as often as it fits, which finds what is recursive or slower than linear.
    private static void Repeat(List<byte> input, int at, int length, Random random)
    {
        var piece = input.GetRange(at, length);
        var times = random.Next(500) == 0 ? MaxLength / Math.Max(1, length) : random.Next(1, 8);
        var copies = new byte[Math.Min(piece.Count * times, MaxLength)];
        for (var i = 0; i < copies.Length; i++)
        {
            copies[i] = piece[i % piece.Count];
        }

        input.InsertRange(at, copies);
    }

    private static byte[] Pick(IReadOnlyList<byte[]> list, Random random) => list[random.Next(list.Count)];

    // The framework's own hash codes differ from run to run.
    private static int HashCode(string name, int seed, long iteration)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (uint)seed) * 1099511628211UL;
        hash = (hash ^ (ulong)iteration) * 1099511628211UL;
        return (int)(hash ^ (hash >> 32));
    }
}
