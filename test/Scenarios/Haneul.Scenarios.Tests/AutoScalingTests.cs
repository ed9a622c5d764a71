namespace Haneul.Scenarios.Tests;

/// <summary>Load on a table, its own metrics, alarms and scaling, as one: minutes pass by the operator's clock.</summary>
public sealed class AutoScalingTests(Cloud cloud) : IClassFixture<Cloud>
{
    [Fact]
    public async Task A_table_under_load_gets_more_capacity_and_gives_it_back()
    {
        var output = await cloud.Clients.PythonAsync(
            """
            import boto3, os, time, urllib.request
            url = os.environ["ENDPOINT"]
            db = boto3.client("dynamodb", endpoint_url=url)
            scaling = boto3.client("application-autoscaling", endpoint_url=url)
            watch = boto3.client("cloudwatch", endpoint_url=url)
            db.create_table(TableName="busy", AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5})
            db.get_waiter("table_exists").wait(TableName="busy", WaiterConfig={"Delay": 1})
            target = {"ServiceNamespace": "dynamodb", "ResourceId": "table/busy", "ScalableDimension": "dynamodb:table:WriteCapacityUnits"}
            scaling.register_scalable_target(**target, MinCapacity=5, MaxCapacity=40)
            scaling.put_scaling_policy(**target, PolicyName="half", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration={
                "TargetValue": 50.0, "PredefinedMetricSpecification": {"PredefinedMetricType": "DynamoDBWriteCapacityUtilization"}})

            def capacity():
                return db.describe_table(TableName="busy")["Table"]["ProvisionedThroughput"]["WriteCapacityUnits"]

            def minute(writes):
                for i in range(writes):
                    db.put_item(TableName="busy", Item={"id": {"S": str(i)}})
                urllib.request.urlopen(urllib.request.Request(url + "/_haneul/clock?action=advance&seconds=60", method="POST")).read()
                time.sleep(0.3)  # loops that the clock woke do their work

            for i in range(12):
                minute(300)
                if capacity() > 5:
                    break
            grown = capacity()
            assert grown > 5, "no more capacity after %d minutes" % (i + 1)
            print("grown to", grown)
            used = watch.get_metric_statistics(Namespace="AWS/DynamoDB", MetricName="ConsumedWriteCapacityUnits",
                Dimensions=[{"Name": "TableName", "Value": "busy"}], Period=60, Statistics=["Sum"],
                StartTime=time.time() - 60, EndTime=time.time() + 3600)["Datapoints"]
            assert max(point["Sum"] for point in used) >= 200, used
            for i in range(30):
                minute(1)  # a table without any load keeps its capacity, as on AWS
                if capacity() < grown:
                    break
            assert capacity() < grown, "still %d" % capacity()
            causes = [activity["Cause"] for activity in scaling.describe_scaling_activities(ServiceNamespace="dynamodb")["ScalingActivities"]]
            assert any("AlarmHigh" in cause for cause in causes), causes
            print("and back to", capacity())
            """,
            TestContext.Current.CancellationToken);
        Assert.Contains("and back to", output, StringComparison.Ordinal);
    }
}
