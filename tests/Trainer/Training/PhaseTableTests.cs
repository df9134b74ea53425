using BcnnSim.Trainer.Training;
using Xunit;

namespace BcnnSim.Trainer.Tests.Training;

public sealed class PhaseTableTests : IDisposable
{
    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("bcnn-").FullName, "table.csv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    [Fact]
    public void A_row_finds_its_columns_by_name_and_a_new_column_comes_last()
    {
        File.WriteAllText(path, "phase,frames\nretrain,10\n\"a, \"\"b\"\"\",20");
        PhaseTable.Append(path, [("frames", "30"), ("changed", "1"), ("phase", "scratch")]);
        Assert.Equal(["phase,frames,changed", "retrain,10,", "\"a, \"\"b\"\"\",20,", "scratch,30,1"], File.ReadAllLines(path));
        PhaseTable.Append(path, [("phase", "dense")]);
        Assert.Equal("dense,,", File.ReadAllLines(path)[^1]);
    }

    // Versions before wrote their new columns below the old header.
    [Fact]
    public void Rows_longer_than_an_old_header_get_the_names_of_their_columns()
    {
        File.WriteAllText(path, "phase,frames\nretrain,10\nretrain,10,7\n");
        PhaseTable.Append(path, [("phase", "retrain"), ("frames", "10"), ("changed", "8")]);
        Assert.Equal(["phase,frames,changed", "retrain,10,", "retrain,10,7", "retrain,10,8"], File.ReadAllLines(path));
    }

    [Fact]
    public void An_empty_file_is_no_table_yet()
    {
        File.WriteAllText(path, string.Empty);
        PhaseTable.Append(path, [("phase", "dense")]);
        Assert.Equal(["phase", "dense"], File.ReadAllLines(path));
    }

    [Fact]
    public void What_is_too_large_to_be_a_table_is_refused()
    {
        using (FileStream file = File.Create(path))
        {
            file.SetLength((64 << 20) + 1);
        }

        Assert.Throws<InputException>(() => PhaseTable.Read(path));
    }
}
