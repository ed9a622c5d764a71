using System.Globalization;

namespace Haneul.AutoScaling.Schedules;

/// <summary>
/// Six fields: minutes, hours, day of the month, month, day of the week, year; with <c>, - * / ? L W #</c>.
/// </summary>
internal sealed class CronExpression
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;
    private static readonly string[] s_months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly HashSet<int> _minutes;
    private readonly HashSet<int> _hours;
    private readonly HashSet<int> _months;
    private readonly HashSet<int> _years;
    private readonly Func<DateTime, bool> _day;

    private CronExpression(HashSet<int> minutes, HashSet<int> hours, Func<DateTime, bool> day, HashSet<int> months, HashSet<int> years) =>
        (_minutes, _hours, _day, _months, _years) = (minutes, hours, day, months, years);

    /// <exception cref="FormatException">The text is no cron expression.</exception>
    public static CronExpression Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6)
        {
            throw new FormatException("Invalid schedule expression: a cron expression has six fields");
        }

        if (fields[2] == "?" == (fields[4] == "?"))
        {
            throw new FormatException("Invalid schedule expression: one of day of month and day of week must be ?");
        }

        return new CronExpression(
            Numbers(fields[0], 0, 59, []),
            Numbers(fields[1], 0, 23, []),
            fields[2] == "?" ? DayOfWeek(fields[4]) : DayOfMonth(fields[2]),
            Numbers(fields[3], 1, 12, s_months),
            Numbers(fields[5], FirstYear, LastYear, []));
    }

    /// <summary>The first minute after a local time.</summary>
    public DateTime? Next(DateTime after)
    {
        for (var day = after.Date; day.Year <= LastYear; day = day.AddDays(1))
        {
            if (!_years.Contains(day.Year) || !_months.Contains(day.Month))
            {
                // To the end of the month, so that far years are not walked through day by day.
                day = day.AddDays(DateTime.DaysInMonth(day.Year, day.Month) - day.Day);
                continue;
            }

            if (!_day(day))
            {
                continue;
            }

            foreach (var hour in _hours.Order())
            {
                foreach (var minute in _minutes.Order())
                {
                    var candidate = day.AddHours(hour).AddMinutes(minute);
                    if (candidate > after)
                    {
                        return candidate;
                    }
                }
            }
        }

        return null;
    }

    private static Func<DateTime, bool> DayOfMonth(string field)
    {
        if (field == "L")
        {
            return static day => day.Day == DateTime.DaysInMonth(day.Year, day.Month);
        }

        // The working day nearest to a day, in the same month.
        if (field.EndsWith('W'))
        {
            var wanted = field == "LW" ? 31 : Number(field[..^1], 1, 31, []);
            return day => day == NearestWorkingDay(new DateTime(day.Year, day.Month, Math.Min(wanted, DateTime.DaysInMonth(day.Year, day.Month))));
        }

        var days = Numbers(field, 1, 31, []);
        return day => days.Contains(day.Day);
    }

    private static Func<DateTime, bool> DayOfWeek(string field)
    {
        // Sunday is 1.
        var number = field.IndexOf('#', StringComparison.Ordinal);
        if (number > 0)
        {
            var (wanted, which) = (Number(field[..number], 1, 7, s_days), Number(field[(number + 1)..], 1, 5, []));
            return day => (int)day.DayOfWeek + 1 == wanted && ((day.Day - 1) / 7) + 1 == which;
        }

        if (field.EndsWith('L'))
        {
            var wanted = field == "L" ? 7 : Number(field[..^1], 1, 7, s_days);
            return field == "L"
                ? day => (int)day.DayOfWeek + 1 == wanted
                : day => (int)day.DayOfWeek + 1 == wanted && day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month);
        }

        var days = Numbers(field, 1, 7, s_days);
        return day => days.Contains((int)day.DayOfWeek + 1);
    }

    private static DateTime NearestWorkingDay(DateTime day) => day.DayOfWeek switch
    {
        System.DayOfWeek.Saturday => day.AddDays(day.Day == 1 ? 2 : -1),
        System.DayOfWeek.Sunday => day.AddDays(day.Day == DateTime.DaysInMonth(day.Year, day.Month) ? -2 : 1),
        _ => day,
    };

    private static HashSet<int> Numbers(string field, int least, int most, string[] names)
    {
        var numbers = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var slash = part.IndexOf('/', StringComparison.Ordinal);
            var step = slash < 0 ? 1 : Number(part[(slash + 1)..], 1, most, []);
            var range = slash < 0 ? part : part[..slash];
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            var (from, to) = range == "*" ? (least, most)
                : dash > 0 ? (Number(range[..dash], least, most, names), Number(range[(dash + 1)..], least, most, names))
                : (Number(range, least, most, names), slash < 0 ? Number(range, least, most, names) : most);
            if (from > to)
            {
                throw new FormatException("Invalid schedule expression: " + field);
            }

            for (var number = from; number <= to; number += step)
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    private static int Number(string text, int least, int most, string[] names)
    {
        var name = Array.IndexOf(names, text.ToUpperInvariant());
        var number = name >= 0 ? name + 1 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
        return number >= least && number <= most ? number : throw new FormatException("Invalid schedule expression: " + text);
    }
}
